import { z } from '@hono/zod-openapi';
import type { ErrorCode } from '../platform/errors.ts';

/** An error answer by RFC 9457. `code` is stable and part of the contract; `detail` is for people. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:tillweave:error:not_found' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ example: 'not_found' }),
    requestId: z.string(),
    /** What is wrong with which input, for `invalid_request`. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Values that explain the problem: no secrets, no personal data. */
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem');

export type Problem = z.output<typeof problemSchema>;

/** The error part of a route's OpenAPI responses: one shape, its codes named. */
export function problemResponses(isPublic: boolean, codes: readonly ErrorCode[]) {
  const all = [...(isPublic ? [] : ['unauthenticated', 'forbidden']), 'invalid_request', ...codes];
  return {
    default: {
      description: `A problem; \`code\` is one of ${all.map((code) => `\`${code}\``).join(', ')}, or a general one.`,
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  };
}
