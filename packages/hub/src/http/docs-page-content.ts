/** The API page: it reads the OpenAPI document in the browser and lays it out. Plain, no libraries, nothing from elsewhere. */
export const docsHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tillweave API</title>
    <link rel="stylesheet" href="/api/docs/page.css">
    <script type="module" src="/api/docs/page.js"></script>
  </head>
  <body>
    <header><h1>Tillweave API</h1><p><a href="/api/openapi.json">OpenAPI document</a></p></header>
    <nav aria-label="Chapters"></nav>
    <main aria-live="polite"><p>Loading…</p></main>
  </body>
</html>
`;

export const docsStyle = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .5rem 0; }
details { border: 1px solid color-mix(in srgb, currentcolor 25%, transparent); border-radius: .4rem; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
summary code { font-weight: 600; }
.method { display: inline-block; min-width: 4rem; text-transform: uppercase; font-size: .8rem; font-weight: 700; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; }
pre { overflow: auto; background: color-mix(in srgb, currentcolor 8%, transparent); padding: .6rem; border-radius: .4rem; }
`;

export const docsScript = `
const element = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const slug = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
const shape = (schema) => element('pre', {}, JSON.stringify(schema, null, 2));

function operation(path, method, details) {
  const node = element('details', {}, element('summary', {},
    element('span', { class: 'method' }, method), element('code', {}, path), ' ', details.summary ?? ''));
  if (details.description) node.append(element('p', {}, details.description));
  node.append(element('p', {}, 'Needs: ', element('code', {}, details['x-permission'] ?? '')));
  if (details.parameters?.length) {
    const rows = details.parameters.map((parameter) => element('tr', {},
      element('td', {}, element('code', {}, parameter.name)), element('td', {}, parameter.in),
      element('td', {}, parameter.required ? 'required' : ''), element('td', {}, parameter.description ?? parameter.schema?.description ?? ''),
      element('td', {}, element('code', {}, parameter.schema?.type ?? ''))));
    node.append(element('h4', {}, 'Parameters'), element('table', {}, ...rows));
  }
  const body = details.requestBody?.content?.['application/json']?.schema;
  if (body) node.append(element('h4', {}, 'Body'), shape(body));
  for (const [status, response] of Object.entries(details.responses)) {
    node.append(element('h4', {}, 'Answer ' + status), element('p', {}, response.description));
    const schema = response.content?.['application/json']?.schema;
    if (schema) node.append(shape(schema));
  }
  return node;
}

const answer = await fetch('/api/openapi.json');
const api = await answer.json();
const chapters = new Map();
for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, details] of Object.entries(methods)) {
    const chapter = details.tags?.[0] ?? 'Other';
    if (!chapters.has(chapter)) chapters.set(chapter, []);
    chapters.get(chapter).push(operation(path, method, details));
  }
}
const main = document.querySelector('main');
main.replaceChildren(element('p', {}, api.info.description));
for (const [chapter, operations] of chapters) {
  document.querySelector('nav').append(element('a', { href: '#' + slug(chapter) }, chapter));
  main.append(element('section', {}, element('h2', { id: slug(chapter) }, chapter), ...operations));
}
main.append(element('section', {}, element('h2', { id: 'shapes' }, 'Shapes'),
  ...Object.entries(api.components?.schemas ?? {}).map(([name, schema]) =>
    element('details', {}, element('summary', {}, element('code', {}, name)), shape(schema)))));
`;
