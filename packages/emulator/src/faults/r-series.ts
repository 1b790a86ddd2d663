/** What can go wrong with the R-Series on request. Counted per name; see `FaultRule` for how often. */
export const rSeriesFaults = {
  'rate-limit': '429 of the leaky bucket although there is room, with Retry-After (`seconds`, default 1)',
  'status-500': '500 with the standard JSON body',
  'html-502': '502 with an HTML page, as a proxy in front would send',
  'html-503': '503 with an HTML page and no Retry-After',
  'try-again': '400 whose message ends in "Please try again later."',
  'slow-bytes': 'the body arrives in small pieces over `seconds` (default 1) of real time',
  'cut-connection': 'the connection ends before any answer',
  'cut-body': 'the connection ends in the middle of the body',
  'truncated-json': 'the body stops halfway, and the connection ends as if all were well',
  'expired-token': 'every access token has just expired; refreshing helps',
  'revoked-token': 'the merchant has just revoked every application; only a new consent helps',
  'refresh-answer-lost': 'the token endpoint issues a pair and the connection ends before the answer',
  'duplicate-rows': 'a page begins with the last record of the page before',
  'reordered-rows': 'the records of a page come in reverse; its tokens are right',
  'missing-relation': 'a loaded relation (`relation`, default the first) is left out of every record of a page',
  'unknown-fields': 'every record carries a field nobody has heard of',
  'hard-deleted-rows': 'the middle record of a page is gone for good, without a trace',
  'clock-skew': 'the Date header is `seconds` (default 300) ahead',
} as const;

export type RSeriesFault = keyof typeof rSeriesFaults;

/** Faults that answer instead of the API. */
export const replacingFaults = ['status-500', 'html-502', 'html-503', 'try-again'] as const;

/** The answer of a replacing fault. */
export function replacement(name: (typeof replacingFaults)[number]): Response {
  switch (name) {
    case 'html-502':
      return htmlPage(502, 'Bad gateway');
    case 'html-503':
      return htmlPage(503, 'Service Temporarily Unavailable');
    case 'try-again':
      return standard(400, 'Bad Request', 'Something went wrong. Please try again later.', 'text/html; charset=UTF-8');
    default:
      return standard(500, 'Internal Server Error', 'An unexpected error occurred.', 'application/json');
  }
}

function htmlPage(status: number, title: string): Response {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;
  // Pages of the proxy in front, not of the POS: no bucket, a ray.
  return new Response(body, { status, headers: { 'Content-Type': 'text/html', Server: 'cloudflare', 'CF-RAY': '3afe6bf0-YUL' } });
}

function standard(status: number, httpMessage: string, message: string, contentType: string): Response {
  const body = JSON.stringify({ httpCode: String(status), httpMessage, message, errorClass: 'Exception' });
  return new Response(body, { status, headers: { 'Content-Type': contentType } });
}
