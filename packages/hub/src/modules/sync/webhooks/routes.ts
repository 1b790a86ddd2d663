import { z } from '@hono/zod-openapi';
import { protectedRoute, publicRoute, type Route } from '../../../http/route.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import { syncMetrics } from '../metrics.ts';
import { askForWebhooks } from './jobs.ts';
import { receiveXWebhook } from './receive.ts';
import { webhookState } from './state.ts';

const params = z.object({ token: z.string() });
const ofConnection = z.object({ id: z.uuid() });

const stateSchema = z
  .object({
    mode: z
      .enum(['webhooks', 'polling'])
      .openapi({ description: '`polling`: changes show at the next poll, not within seconds' }),
    problem: z
      .enum(['not_offered', 'no_public_address', 'forbidden', 'rejected', 'not_registered'])
      .nullable()
      .openapi({
        description:
          'Why it is only polled. `not_offered`: the POS has no webhooks; `no_public_address`: the hub has no https address; ' +
          '`forbidden`: the credentials lack the scope `webhooks`; `rejected`: the POS refused; `not_registered`: not yet',
      }),
    types: z.array(z.string()).openapi({ description: 'What the POS tells us of' }),
    registeredAt: z.iso.datetime().nullable(),
    checkedAt: z.iso.datetime().nullable(),
    lastDeliveryAt: z.iso.datetime().nullable(),
  })
  .openapi('WebhookState');

export const webhookRoutes: readonly Route[] = [
  publicRoute(
    {
      method: 'post',
      path: '/hooks/x/{token}',
      scope: 'none',
      tag: 'Sync',
      summary: 'Deliveries of the X-Series',
      description:
        'Open because the POS cannot sign in: the address is the key, one for each account and type, and the signature is checked where the ' +
        'application has a secret. Takes what the POS sends when a sale or a customer changed or a register was closed: a form whose `payload` holds JSON. ' +
        'What a delivery says is never data: the record it names is read at the POS. Closings of registers, which the POS tells in no other way, ' +
        'are kept as its report, to compare figures with.',
      params,
      errors: ['not_found', 'unauthenticated', 'payload_too_large'],
    },
    async ({ params: { token }, services, c }) => {
      const started = performance.now();
      const body = new Uint8Array(await c.req.arrayBuffer());
      const received = await receiveXWebhook(services, token, { body, signature: c.req.header('x-signature') ?? null });
      syncMetrics(services).webhookAnswered(received, (performance.now() - started) / 1000);
      if (received === 'unknown') throw new AppError('not_found', 'There is no such address.');
      if (received === 'forged') throw new AppError('unauthenticated', 'The signature does not fit.');
      return c.body(null, 204);
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/connections/{id}/webhooks',
      permission: 'connections:read',
      scope: 'organization',
      tag: 'Connections',
      summary: 'Whether the POS tells of changes by itself',
      params: ofConnection,
      response: stateSchema,
      errors: ['not_found'],
    },
    ({ params: { id }, organizationId, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => webhookState(services, trx, { organizationId, connectionId: id })),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/connections/{id}/webhooks/repair',
      permission: 'connections:write',
      scope: 'organization',
      tag: 'Connections',
      summary: 'Look after the webhooks now',
      description:
        'Registers what is missing at the POS and repairs what was changed there, in the background. Done daily as well.',
      params: ofConnection,
      status: 202,
      response: stateSchema,
      errors: ['not_found'],
    },
    ({ params: { id }, organizationId, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const ref = { organizationId, connectionId: id };
        const state = await webhookState(services, trx, ref);
        await askForWebhooks(services, trx, ref);
        return state;
      }),
  ),
];
