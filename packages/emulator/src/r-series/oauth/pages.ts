import { html, raw } from 'hono/html';
import type { Grant, OAuthClient } from './store.ts';

type Html = ReturnType<typeof html>;

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f4f6;color:#1f2937}main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 4px #0002}label{display:block;margin:.75rem 0}input{display:block;width:100%;padding:.5rem;font:inherit;box-sizing:border-box;border:1px solid #6b7280;border-radius:.25rem}button{font:inherit;padding:.6rem 1.2rem;border-radius:.25rem;border:1px solid #6b7280;background:#fff;cursor:pointer}button.go{background:#166534;border-color:#166534;color:#fff}table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.4rem;border-bottom:1px solid #e5e7eb;vertical-align:top}.error{color:#991b1b}.hint{color:#4b5563;font-size:.9rem}`;

async function page(title: string, content: Html): Promise<string> {
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`,
  );
}

/** Sign-in and consent in one: works in a browser and as a plain form POST of the same fields. */
export function consentPage(facts: {
  readonly client: OAuthClient;
  readonly accountName: string;
  readonly scopes: readonly string[];
  readonly hidden: Readonly<Record<string, string>>;
  readonly login: { readonly user: string; readonly password: string };
  readonly problem?: string;
}): Promise<string> {
  return page(
    `Authorize ${facts.client.name}`,
    html`<h1>Sign in to ${facts.accountName}</h1>
      <p><strong>${facts.client.name}</strong> would like to use your account.</p>
      <p>It asks for:</p>
      <ul>
        ${facts.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      ${facts.problem === undefined ? '' : html`<p class="error" role="alert">${facts.problem}</p>`}
      <form method="post" action="/auth/oauth/authorize">
        ${Object.entries(facts.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <label>E-mail <input name="login" type="email" autocomplete="username" value="${facts.login.user}" /></label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" value="${facts.login.password}" />
        </label>
        <p class="hint">This is an emulated account: its owner's credentials are filled in.</p>
        <button class="go" type="submit" name="decision" value="authorize">Authorize application</button>
        <button type="submit" name="decision" value="deny">Deny</button>
      </form>`,
  );
}

/** The POS's Settings → Client API Access: who may call, since when, and a way to end it. */
export function clientAccessPage(accountName: string, grants: readonly Grant[]): Promise<string> {
  return page(
    'Client API Access',
    html`<h1>Client API Access</h1>
      <p>Applications that may use ${accountName}.</p>
      ${
        grants.length === 0
          ? html`<p>No application has access.</p>`
          : html`<table>
              <thead>
                <tr>
                  <th>Application</th>
                  <th>Scopes</th>
                  <th>Authorized</th>
                  <th>Last used</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${grants.map(
                  (grant) =>
                    html`<tr>
                      <td>${grant.client.name}</td>
                      <td>${grant.scopes.join(', ')}</td>
                      <td>${moment(grant.createdAt)}</td>
                      <td>${grant.lastUsedAt === undefined ? 'never' : moment(grant.lastUsedAt)}</td>
                      <td>
                        <form method="post" action="/settings/client-api-access/revoke">
                          <input type="hidden" name="grant" value="${grant.id}" />
                          <button type="submit" aria-label="Revoke ${grant.client.name}">Revoke</button>
                        </form>
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }`,
  );
}

function moment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
