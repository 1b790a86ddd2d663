/**
 * Checks values against the schemas of an OpenAPI 3.0 document, as far as the vendor's documents use them: `$ref`, `allOf`, types, `nullable`,
 * `enum`, `required`, `items`, `properties`. Undeclared properties are reported apart.
 */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> };
}

export interface OpenApiOperation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: OpenApiSchema }>> }>
  >;
}

export interface OpenApiSchema {
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly additionalProperties?: unknown;
}

export interface Findings {
  /** `data[0].note: null is not allowed`, indexes left out so that each is said once. */
  readonly problems: ReadonlySet<string>;
  /** `data[].receipt_number`. */
  readonly undeclared: ReadonlySet<string>;
}

export function checkAgainst(document: OpenApi, schema: OpenApiSchema, value: unknown): Findings {
  const problems = new Set<string>();
  const undeclared = new Set<string>();

  function check(given: OpenApiSchema, at: string, found: unknown): void {
    const rule = resolve(document, given);
    if (found === null) {
      if (rule.nullable !== true) problems.add(`${at}: null is not allowed`);
      return;
    }
    if (rule.enum !== undefined && !rule.enum.includes(found))
      problems.add(`${at}: ${JSON.stringify(found)} is none of the values`);
    if (rule.type !== undefined && !isOfType(rule.type, found)) {
      problems.add(`${at}: ${JSON.stringify(found).slice(0, 60)} is not of type ${rule.type}`);
      return;
    }
    if (Array.isArray(found)) {
      for (const item of found) if (rule.items !== undefined) check(rule.items, `${at}[]`, item);
      return;
    }
    if (typeof found !== 'object') return;
    const fields = Object.entries(found);
    for (const name of rule.required ?? []) if (!(name in found)) problems.add(`${at}.${name}: is required`);
    const isOpen = rule.properties === undefined || rule.additionalProperties !== undefined;
    for (const [name, field] of fields) {
      const known = rule.properties?.[name];
      if (known !== undefined) check(known, `${at}.${name}`, field);
      else if (!isOpen) undeclared.add(`${at}.${name}`);
    }
  }

  check(schema, '', value);
  return { problems, undeclared };
}

function resolve(document: OpenApi, schema: OpenApiSchema): OpenApiSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return resolve(document, document.components.schemas[name] ?? {});
  }
  if (schema.allOf === undefined) return schema;
  const parts = schema.allOf.map((part) => resolve(document, part));
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})) as NonNullable<OpenApiSchema['properties']>,
    required: parts.flatMap((part) => part.required ?? []),
  };
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
