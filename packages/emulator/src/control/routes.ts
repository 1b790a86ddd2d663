import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { readSwitches } from '../r-series/switches.ts';
import type { TillEvent } from '../world/events.ts';
import type { Control } from './control.ts';

const clockBody = z.union([
  z.strictObject({ now: z.string() }),
  z.strictObject({ advanceMs: z.number() }),
  z.strictObject({ frozen: z.boolean() }),
]);
const customersBody = z.strictObject({
  customers: z.array(
    z.strictObject({
      firstName: z.string().optional(),
      lastName: z.string().optional(),
      email: z.string().optional(),
      mobile: z.string().optional(),
    }),
  ),
});
const faultBody = z.strictObject({
  name: z.string(),
  every: z.int().min(0),
  times: z.int().optional(),
  match: z.string().optional(),
  relation: z.string().optional(),
  seconds: z.number().optional(),
});
const limitsBody = z.strictObject({
  mode: z.enum(['real', 'off']).optional(),
  registers: z.int().min(1).optional(),
  spend: z.strictObject({ clientId: z.string(), cost: z.number().min(0) }).optional(),
});
const clientBody = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().optional(),
  name: z.string().min(1),
  redirectUri: z.string().optional(),
});
/** The events themselves are checked where they are played. */
const salesBody = z.strictObject({ events: z.array(z.looseObject({ event: z.string() })) });

/** `/_control/…`: the same as `Control`, for whoever holds the control token. */
export function controlRoutes(control: Control, controlToken: string): Hono {
  const app = new Hono();
  app.use('*', async (context, next) => {
    if (context.req.header('Authorization') !== `Bearer ${controlToken}`) {
      return context.json({ error: 'The control token is needed: Authorization: Bearer <controlToken>.' }, 401);
    }
    return next();
  });
  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof BadControl) {
      return context.json({ error: error.message }, 400);
    }
    throw error;
  });
  app.get('/truth', (context) => context.json({ rSeries: control.truth(readRange(context)), xSeries: null }));
  app.get('/truth/ids', (context) => context.json({ rSeries: control.ids(), xSeries: null }));
  app.get('/golden', (context) => context.json({ rSeries: control.golden(), xSeries: null }));
  app.get('/clock', (context) => context.json(showClock(control)));
  app.post('/clock', async (context) => {
    const body = clockBody.parse(await context.req.json());
    if ('now' in body) control.clock.set(body.now);
    else if ('advanceMs' in body) control.clock.advance(body.advanceMs);
    else if (body.frozen) control.clock.freeze();
    else control.clock.run();
    return context.json(showClock(control));
  });
  app.post('/sales', async (context) => {
    const { events } = salesBody.parse(await context.req.json());
    play(control, events);
    return context.json({ played: events.length });
  });
  app.post('/customers', async (context) => {
    const { customers } = customersBody.parse(await context.req.json());
    control.addCustomers(customers.map(withoutUndefined));
    return context.json({ added: customers.length });
  });
  app.get('/faults', (context) => context.json({ faults: control.faults.list() }));
  app.post('/faults', async (context) => {
    const { name, every, ...rule } = faultBody.parse(await context.req.json());
    if (every === 0) control.faults.disarm(name);
    else control.faults.arm(name, { every, ...withoutUndefined(rule) });
    return context.json({ faults: control.faults.list() });
  });
  app.get('/limits', (context) => context.json(control.limits()));
  app.post('/limits', async (context) => {
    const { spend, ...limits } = limitsBody.parse(await context.req.json());
    control.setLimits(withoutUndefined(limits));
    if (spend !== undefined) control.spend(spend.clientId, spend.cost);
    return context.json(control.limits());
  });
  app.get('/switches', (context) => context.json(control.switches()));
  app.post('/switches', async (context) => {
    const body = z.record(z.string(), z.unknown()).parse(await context.req.json());
    control.setSwitches(switchesOf(body));
    return context.json(control.switches());
  });
  app.post('/clients', async (context) => {
    control.addClient(clientBody.parse(await context.req.json()));
    return context.json({ added: 1 });
  });
  app.get('/grants', (context) => context.json({ grants: control.grants() }));
  app.get('/requests', (context) => context.json({ requests: control.requests() }));
  app.post('/reset', (context) => {
    control.reset();
    return context.json({ reset: true });
  });
  app.all('*', (context) => context.json({ error: `There is no ${context.req.method} ${context.req.path}.` }, 404));
  return app;
}

/** Something the caller got wrong. */
class BadControl extends Error {}

function play(control: Control, events: readonly unknown[]): void {
  try {
    control.play(events as readonly TillEvent[]);
  } catch (error) {
    // Events come from outside: one that lacks a field fails while it is read.
    throw new BadControl(error instanceof Error ? error.message : 'The events make no sense.', { cause: error });
  }
}

function switchesOf(body: Readonly<Record<string, unknown>>): ReturnType<typeof readSwitches> {
  try {
    return readSwitches(body);
  } catch (error) {
    throw new BadControl(error instanceof Error ? error.message : 'The switches make no sense.', { cause: error });
  }
}

function readRange(context: Context): { from?: string; to?: string } {
  const from = context.req.query('from');
  const to = context.req.query('to');
  for (const day of [from, to]) {
    if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError(`"${day}" is not a day: YYYY-MM-DD.`);
  }
  return withoutUndefined({ from, to });
}

function showClock(control: Control): { now: string; frozen: boolean } {
  return { now: new Date(control.clock.now()).toISOString(), frozen: control.clock.frozen };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Partial<Defined<T>> & Pick<Defined<T>, RequiredKeys<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<Defined<T>> &
    Pick<Defined<T>, RequiredKeys<T>>;
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];
