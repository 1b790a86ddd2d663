import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { readSwitches } from '../r-series/switches.ts';
import type { TillEvent } from '../world/events.ts';
import { readXSwitches } from '../x-series/switches.ts';
import type { Control } from './control.ts';

/** Whose business it is; both when left out, each as far as the events make sense to it. */
const seriesField = z.enum(['r', 'x']).optional();

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
  series: seriesField,
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
  xRegisters: z.int().min(1).nullable().optional(),
  spend: z.strictObject({ clientId: z.string(), cost: z.number().min(0) }).optional(),
});
const clientBody = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().optional(),
  name: z.string().min(1),
  redirectUri: z.string().optional(),
});
/** The events themselves are checked where they are played. */
const salesBody = z.strictObject({ events: z.array(z.looseObject({ event: z.string() })), series: seriesField });
const switchesBody = z.looseObject({ xSeries: z.record(z.string(), z.unknown()).optional() });
const personalTokenBody = z.strictObject({ name: z.string().min(1), expiresAt: z.string().optional() });

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
  const { xSeries } = control;
  app.get('/truth', (context) =>
    context.json({ rSeries: control.truth(readRange(context)), xSeries: xSeries?.truth(readRange(context)) ?? null }),
  );
  app.get('/truth/ids', (context) => context.json({ rSeries: control.ids(), xSeries: xSeries?.ids() ?? null }));
  app.get('/golden', (context) => context.json({ rSeries: control.golden(), xSeries: xSeries?.golden() ?? null }));
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
    const { events, series } = salesBody.parse(await context.req.json());
    return context.json({ played: events.length, series: play(control, events, series) });
  });
  app.post('/customers', async (context) => {
    const { customers, series } = customersBody.parse(await context.req.json());
    const at = new Date(control.clock.now()).toISOString();
    const events = customers.map((customer) => ({ event: 'save_customer', at, ...withoutUndefined(customer) }));
    return context.json({ added: customers.length, series: play(control, events, series) });
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
  const showSwitches = (): object => ({ ...control.switches(), xSeries: xSeries?.switches() ?? null });
  app.get('/switches', (context) => context.json(showSwitches()));
  app.post('/switches', async (context) => {
    const { xSeries: forX, ...body } = switchesBody.parse(await context.req.json());
    const change = checked(() => readXSwitches(forX ?? {}));
    control.setSwitches(checked(() => readSwitches(body)));
    xSeries?.setSwitches(change);
    return context.json(showSwitches());
  });
  app.post('/personal-tokens', async (context) => {
    const { name, expiresAt } = personalTokenBody.parse(await context.req.json());
    if (xSeries === null) throw new BadControl('The X-Series does not answer.');
    return context.json({ personalToken: xSeries.addPersonalToken(name, expiresAt) });
  });
  app.get('/webhooks', (context) => context.json({ deliveries: xSeries?.deliveries() ?? [] }));
  app.post('/webhooks', async (context) => {
    await xSeries?.deliver();
    return context.json({ deliveries: xSeries?.deliveries() ?? [] });
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

/** Plays the events where they make sense, and says where; refuses those that make none anywhere. */
function play(control: Control, events: readonly unknown[], wanted: 'r' | 'x' | undefined): readonly ('r' | 'x')[] {
  // Events come from outside: one that lacks a field fails while it is read.
  const known = events as readonly TillEvent[];
  const played: ('r' | 'x')[] = [];
  const problems: string[] = [];
  const attempt = (series: 'r' | 'x', run: () => void): void => {
    if (wanted !== undefined && wanted !== series) return;
    try {
      run();
      played.push(series);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : 'The events make no sense.');
    }
  };
  attempt('r', () => control.play(known));
  const { xSeries } = control;
  if (xSeries !== null) attempt('x', () => xSeries.play(known));
  if (played.length === 0) throw new BadControl([...new Set(problems)].join(' ') || 'That series does not answer.');
  return played;
}

function checked<T>(read: () => T): T {
  try {
    return read();
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
