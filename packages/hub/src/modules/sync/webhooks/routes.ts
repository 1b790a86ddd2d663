import { z } from '@hono/zod-openapi';
import { publicRoute, type Route } from '../../../http/route.ts';
import { AppError } from '../../../platform/errors.ts';
import { syncMetrics } from '../metrics.ts';
import { receiveXWebhook } from './receive.ts';

const params = z.object({ token: z.string() });

export const webhookRoutes: readonly Route[] = [
  publicRoute(
    {
      method: 'post',
      path: '/hooks/x/{token}',
      tag: 'Sync',
      summary: 'Deliveries of the X-Series',
      description:
        'Open because the POS cannot sign in: the address is the key, one for each account and type, and the signature is checked where the ' +
        'application has a secret. Takes what the POS sends when a sale or a customer changed: a form whose `payload` holds JSON. ' +
        'What a delivery says is never data: the record it names is read at the POS.',
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
];
