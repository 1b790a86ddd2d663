/** Faults only the X-Series has, beside those of `faults/r-series.ts`, which happen to both (limit them with `match`: `/api/` is X). */
export const xSeriesFaults = {
  'gone-410': 'X-Series: 410 of an endpoint that is being sunset; asking again helps, for a time',
  'stale-search': 'X-Series: the search index does not know the last `seconds` (default 60)',
  'duplicate-webhook': 'X-Series: a webhook is delivered twice',
  'reordered-webhooks': 'X-Series: webhooks that wait are delivered newest first',
} as const;

/** Faults that answer instead of the API. */
export const xReplacingFaults = ['status-500', 'html-502', 'html-503', 'try-again', 'gone-410'] as const;

/** The answer of a replacing fault. */
export function xReplacement(name: (typeof xReplacingFaults)[number]): Response {
  switch (name) {
    case 'html-502':
      return page(502, 'Bad Gateway');
    case 'html-503':
      return page(503, 'Service Unavailable');
    case 'gone-410':
      return Response.json({ error: 'Gone' }, { status: 410 });
    case 'try-again':
      return Response.json({ error: 'upstream request timeout' }, { status: 504 });
    default:
      return Response.json({ error: 'internal server error' }, { status: 500 });
  }
}

function page(status: number, title: string): Response {
  const body = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return new Response(body, { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
}

/** What a store that does not exist answers: wildcard DNS leads to a page, not to JSON (X §5). */
export function unknownStore(host: string): Response {
  const body = `<!DOCTYPE html>\n<html><head><title>Store not found</title></head><body><h1>We cannot find ${host}</h1></body></html>\n`;
  return new Response(body, { status: 404, headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
}
