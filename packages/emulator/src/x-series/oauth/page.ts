import { html, raw } from 'hono/html';

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f4f6;color:#1f2937}main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 4px #0002}button{font:inherit;padding:.6rem 1.2rem;border-radius:.25rem;border:1px solid #6b7280;background:#fff;cursor:pointer}button.go{background:#1d4ed8;border-color:#1d4ed8;color:#fff}`;

/** The page where a merchant lets an application in: for a browser, and for a program that posts the same fields. */
export async function connectPage(facts: {
  readonly application: string;
  readonly retailer: string;
  readonly domainPrefix: string;
  readonly scopes: readonly string[];
  readonly hidden: Readonly<Record<string, string>>;
}): Promise<string> {
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Connect ${facts.application}</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <main>
            <h1>Connect ${facts.application} to ${facts.retailer}</h1>
            <p>Store <code>${facts.domainPrefix}</code>. The application asks for:</p>
            <ul>
              ${facts.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
            </ul>
            <form method="post" action="/connect">
              ${Object.entries(facts.hidden).map(
                ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
              )}
              <button class="go" type="submit" name="decision" value="authorize">Allow access</button>
              <button type="submit" name="decision" value="deny">Cancel</button>
            </form>
          </main>
        </body>
      </html>`,
  );
}
