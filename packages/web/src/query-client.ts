import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api/client.ts';

const RETRIES_MAX = 1;

/** What the server said, kept for all screens. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal does not get better by asking again; a server that did not answer may.
      retry: (failures, error) => failures < RETRIES_MAX && (!(error instanceof ApiProblem) || error.status >= 500),
    },
  },
});
