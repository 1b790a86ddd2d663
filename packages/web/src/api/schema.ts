/** Generated from the API by `npm run api`; not edited by hand. */
export interface paths {
    readonly "/api/v1/access-tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The access tokens that were not revoked */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["AccessToken"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Make an access token; its text is in this answer and nowhere else
         * @description It never may more than its maker may, then and later.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewAccessToken"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CreatedAccessToken"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/access-tokens/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Revoke an access token at once */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The connections, by name */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Connection"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Make a connection
         * @description Without a refresh token it is still to be authorized: see `/connections/{id}/authorize`.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewConnection"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Connection"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `connection_name_taken`, `pos_account_in_use`, `pos_unauthorized`, `pos_unavailable`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One connection */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Connection"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        /** Remove a connection; its data stays */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/authorize": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Begin the sign-in at the POS: send the browser to the address in the answer */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** Format: uri */
                            readonly url: string;
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `connection_frozen`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/freeze": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Freeze: keep the data, make no calls */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /** @default null */
                        readonly reason?: string | null;
                    };
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Connection"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sign in to the POS and read the account; completes a set-up that was interrupted */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ConnectionTest"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `connection_frozen`, `pos_unauthorized`, `pos_unavailable`, `pos_account_in_use`, `oauth_wrong_account`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/thaw": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Thaw: go on from the cursors */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Connection"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/departments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Departments */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly departments: readonly components["schemas"]["Department"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        /** Make a department of a store */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["DepartmentBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Department"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/departments/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Rename a department or move it to another store */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["DepartmentBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Department"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/mappings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Dated mappings */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly mappings: readonly components["schemas"]["Mapping"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace the mappings of some shops
         * @description Half-open in business days; a register’s mapping beats its shop’s; two of the same source may not overlap.
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["MappingsBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly mappings: readonly components["schemas"]["Mapping"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `mapping_overlap`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who I am, in which organization, and what I may do there */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/oauth/r-series/callback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Where the POS sends the browser back to
         * @description Open to the address, not to the person: only the session that began the sign-in can finish it. Ends on the web page.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly code?: string;
                    readonly error?: string;
                    readonly state?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/html": string;
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/organization/active": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Act in another of my organizations */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /** Format: uuid */
                        readonly organizationId: string;
                    };
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/providers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What can be connected, and with which scopes */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["Provider"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/receipts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The receipts behind a cell, or by number
         * @description Each with what it adds to the cell asked for: over all pages they sum to the cell, measure by measure.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly currency?: string;
                    readonly cursor?: string;
                    readonly day?: string;
                    readonly department?: readonly string[];
                    readonly hour?: readonly string[];
                    readonly limit?: number;
                    readonly measure?: string;
                    readonly posAccount?: string;
                    readonly q?: string;
                    readonly register?: readonly string[];
                    readonly shop?: readonly string[];
                    readonly store?: readonly string[];
                    readonly to?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReceiptList"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/receipts/{posAccountId}/{saleId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One receipt: lines, payments, figure, versions */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly saleId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReceiptDetail"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/receipts/{posAccountId}/{saleId}/versions/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The POS’s own document of a version, and the request that fetched it */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly saleId: string;
                    readonly version: number;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ReceiptVersionDetail"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/setup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether the first owner is still to be made
         * @description Open: before the set-up nobody can sign in.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SetupState"];
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        /**
         * Make the first owner and organization
         * @description Open: guarded by the one-time token that `tillweave start` prints. Works only while nobody can sign in.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["Setup"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** Format: uuid */
                            readonly organizationId: string;
                            /** Format: uuid */
                            readonly userId: string;
                        };
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `forbidden`, `conflict`, `rate_limited`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shops": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The POS’s shops with registers, calendar and mappings */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly shops: readonly components["schemas"]["Shop"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shops/{posAccountId}/{shopId}/calendar": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Set a shop’s time zone and day start from a business day on
         * @description Later calendar rows stay. Sales of that day and later are put into the business day and hour they then belong to, and the facts are summed anew, before this answers.
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["CalendarBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["CalendarAnswer"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shops/{posAccountId}/{shopId}/closed-days/{day}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Mark a shop’s business day as closed */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly day: string;
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ClosedDayBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly post?: never;
        /** Take the mark off */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly day: string;
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 204: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stores": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Stores and their departments */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly stores: readonly components["schemas"]["Store"][];
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly put?: never;
        /** Make a store with a department of its name */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["StoreBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Store"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stores/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Change a store */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["StoreBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Store"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, or a general one. */
                readonly default: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly AccessToken: {
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly expiresAt: string | null;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            readonly lastUsedAt: string | null;
            readonly name: string;
            readonly permissions: readonly string[];
            /** @description The first letters of the token, to recognise it by */
            readonly prefix: string;
        };
        readonly CalendarAnswer: {
            readonly calendar: readonly components["schemas"]["ShopCalendarRow"][];
            readonly rebucketed: number;
        };
        readonly CalendarBody: {
            readonly dayStartHour: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** @default false */
            readonly preview: boolean;
            readonly timeZone?: string;
        };
        readonly ClosedDayBody: {
            /** @default  */
            readonly reason: string;
        };
        readonly Connection: {
            readonly apiType: string;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            readonly lastSuccessAt: string | null;
            readonly name: string;
            readonly posAccount: {
                readonly currency: string;
                readonly externalId: string;
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            } | null;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
            readonly scopes: readonly string[];
            /** @enum {string} */
            readonly state: "set_up_incomplete" | "active" | "throttled" | "needs_reauthorisation" | "frozen" | "retired" | "removed";
            /** Format: date-time */
            readonly stateChangedAt: string;
            readonly stateReason: string | null;
        };
        readonly ConnectionTest: {
            readonly currency: string | null;
            readonly externalId: string;
            readonly name: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly registers: number;
            readonly shops: number;
        };
        readonly CreatedAccessToken: {
            /** Format: uuid */
            readonly id: string;
            /** @description Shown this once */
            readonly token: string;
        };
        readonly Department: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            /** Format: uuid */
            readonly storeId: string;
            readonly storeName: string;
        };
        readonly DepartmentBody: {
            readonly name: string;
            /** Format: uuid */
            readonly storeId: string;
        };
        readonly Mapping: {
            /** Format: uuid */
            readonly departmentId: string;
            readonly departmentName: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly registerId: string | null;
            readonly registerName: string | null;
            readonly shopId: string;
            readonly shopName: string;
            /** Format: uuid */
            readonly storeId: string;
            readonly storeName: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly until: string | null;
        };
        readonly MappingInput: {
            /** Format: uuid */
            readonly departmentId: string;
            /**
             * Format: date
             * @default 0001-01-01
             * @example 2026-10-25
             */
            readonly from: string;
            /** Format: uuid */
            readonly id?: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @default null */
            readonly registerId: string | null;
            readonly shopId: string;
            /**
             * Format: date
             * @default null
             * @example 2026-10-25
             */
            readonly until: string | null;
        };
        readonly MappingsBody: {
            readonly mappings: readonly components["schemas"]["MappingInput"][];
            readonly shops: readonly {
                /** Format: uuid */
                readonly posAccountId: string;
                readonly shopId: string;
            }[];
        };
        readonly Me: {
            readonly organization: components["schemas"]["Organization"];
            readonly organizations: readonly {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            }[];
            readonly permissions: readonly components["schemas"]["Permission"][];
            /** @enum {string|null} */
            readonly role: "owner" | "admin" | "regional_supervisor" | "supervisor" | "viewer" | "marketer" | null;
            /** @description Null for an access token */
            readonly user: {
                readonly email: string;
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            } | null;
        };
        readonly NewAccessToken: {
            /**
             * Format: date-time
             * @default null
             */
            readonly expiresAt: string | null;
            readonly name: string;
            readonly permissions: readonly components["schemas"]["Permission"][];
        };
        readonly NewConnection: {
            /**
             * @default v3
             * @enum {string}
             */
            readonly apiType: "v3";
            readonly name: string;
            /**
             * @description Left out: the instance's own client
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /** @enum {string} */
            readonly provider: "lightspeed-r";
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        };
        readonly Organization: {
            readonly currency: string;
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly timeZone: string;
            /** @description 1 Monday to 7 Sunday */
            readonly weekStart: number;
        };
        /** @enum {string} */
        readonly Permission: "overview:read" | "turnover:read" | "receipts:read" | "documents:read" | "stores:read" | "stores:write" | "connections:read" | "connections:write" | "sync:run" | "runs:read" | "tokens:read" | "tokens:write" | "metrics:read";
        readonly Problem: {
            /** @example not_found */
            readonly code: string;
            readonly detail: string;
            readonly details?: {
                readonly [key: string]: unknown;
            };
            readonly errors?: readonly {
                readonly message: string;
                readonly path: string;
            }[];
            readonly requestId: string;
            readonly status: number;
            readonly title: string;
            /** @example urn:tillweave:error:not_found */
            readonly type: string;
        };
        readonly Provider: {
            readonly apiTypes: readonly {
                readonly id: string;
                readonly name: string;
                readonly signIn: string;
            }[];
            readonly capabilities: readonly string[];
            readonly id: string;
            readonly name: string;
            /** @description To register with the OAuth client, one for each public address */
            readonly redirectUris: readonly {
                readonly name: string;
                readonly url: string;
            }[];
            readonly scopes: readonly {
                readonly reason: string;
                readonly scope: string;
            }[];
        };
        readonly ReceiptDetail: {
            readonly archived: boolean;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly businessDay: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly changedAt: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly createdAt: string | null;
            readonly currency: string;
            readonly customerId: string | null;
            readonly employeeId: string | null;
            readonly employeeName: string | null;
            readonly figure: {
                readonly [key: string]: number | string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly hour: string;
            readonly lines: readonly components["schemas"]["ReceiptLine"][];
            readonly minorDigits: number;
            readonly number: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly occurredAt: string;
            readonly paymentFigures: readonly {
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly businessDay: string;
                readonly figure: {
                    readonly [key: string]: number | string;
                };
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly hour: string;
                readonly paymentTypeId: string;
                readonly registerId: string;
            }[];
            readonly payments: readonly components["schemas"]["ReceiptPayment"][];
            /** Format: uuid */
            readonly posAccountId: string;
            readonly problem: string | null;
            readonly registerId: string;
            readonly registerName: string | null;
            readonly saleId: string;
            readonly shopId: string;
            readonly shopName: string;
            /** @enum {string} */
            readonly state: "open" | "completed" | "voided";
            readonly tax: string;
            readonly taxInclusive: boolean;
            readonly timeZone: string | null;
            readonly total: string;
            readonly versionList: readonly components["schemas"]["ReceiptVersion"][];
            readonly versions: number;
            readonly void: {
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly at: string | null;
                readonly employeeId: string | null;
                readonly employeeName: string | null;
                readonly reason: string;
            } | null;
        };
        readonly ReceiptLine: {
            readonly discountCents: number;
            readonly discountInclCents: number;
            readonly exclusive: string;
            readonly itemId: string | null;
            /** @enum {string} */
            readonly kind: "goods" | "return" | "discount" | "fee" | "gift_card" | "store_credit" | "internal" | "ignored";
            readonly lineId: string;
            readonly netCents: number;
            readonly quantity: string;
            readonly tax: string;
            readonly taxCents: number;
            readonly unitPrice: string;
        };
        readonly ReceiptList: {
            readonly items: readonly components["schemas"]["ReceiptListItem"][];
            readonly nextCursor: string | null;
            readonly total: {
                readonly count: number;
                /** @example DKK */
                readonly currency: string;
                readonly figure: {
                    readonly [key: string]: number | string;
                };
                /** @example 2 */
                readonly minorDigits: number;
            } | null;
        };
        readonly ReceiptListItem: {
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly businessDay: string;
            readonly currency: string;
            readonly figure: {
                readonly [key: string]: number | string;
            };
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly hour: string;
            readonly minorDigits: number;
            readonly number: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly occurredAt: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly problem: string | null;
            readonly registerId: string;
            readonly registerName: string | null;
            readonly saleId: string;
            readonly shopId: string;
            readonly shopName: string;
            /** @enum {string} */
            readonly state: "open" | "completed" | "voided";
            readonly timeZone: string | null;
            readonly total: string;
            readonly versions: number;
        };
        readonly ReceiptPayment: {
            readonly amount: string;
            readonly archived: boolean;
            readonly kind: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly paidAt: string;
            readonly paymentId: string;
            readonly registerId: string;
            readonly tip: string;
            readonly typeId: string;
            readonly typeName: string | null;
        };
        readonly ReceiptVersion: {
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly changedAt: string;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly receivedAt: string;
            /** Format: uuid */
            readonly runId: string | null;
            readonly version: number;
        };
        readonly ReceiptVersionDetail: components["schemas"]["ReceiptVersion"] & {
            readonly document?: unknown;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly request: {
                readonly method: string;
                readonly path: string;
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly requestedAt: string;
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly serverTime: string | null;
            } | null;
            readonly saleId: string;
        };
        readonly Register: {
            readonly archived: boolean;
            readonly name: string;
            readonly registerId: string;
        };
        readonly Setup: {
            /** @default EUR */
            readonly currency: string;
            /** Format: email */
            readonly email: string;
            readonly name: string;
            readonly organizationName: string;
            readonly password: string;
            /**
             * @default UTC
             * @example Europe/Copenhagen
             */
            readonly timeZone: string;
            /** @description Printed by `tillweave start` while nobody can sign in */
            readonly token: string;
        };
        readonly SetupState: {
            readonly needed: boolean;
        };
        readonly Shop: {
            readonly archived: boolean;
            readonly calendar: readonly components["schemas"]["ShopCalendarRow"][];
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly firstSeenAt: string;
            readonly mapped: boolean;
            readonly mappings: readonly components["schemas"]["Mapping"][];
            readonly name: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly posAccountName: string;
            readonly posTimeZone: string | null;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
            readonly registers: readonly components["schemas"]["Register"][];
            readonly shopId: string;
        };
        readonly ShopCalendarRow: {
            readonly dayStartHour: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            readonly timeZone: string;
        };
        readonly Store: {
            readonly departments: readonly {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            }[];
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly timeZone: string | null;
        };
        readonly StoreBody: {
            readonly name: string;
            /** @default null */
            readonly timeZone: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
