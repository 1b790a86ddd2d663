import type { Services } from '../platform/services.ts';

/** What middleware leaves for the handlers of one request. */
export interface HubEnv {
  Variables: {
    /** Id of the request, also in the answer's `x-request-id` and in every log line about it. */
    requestId: string;
    log: Services['log'];
  };
}
