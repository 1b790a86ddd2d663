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
         * @description R-Series: without a refresh token it is still to be authorized, see `/connections/{id}/authorize`. X-Series: signs in at once.
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `connection_name_taken`, `pos_account_in_use`, `pos_unauthorized`, `pos_unavailable`, `pos_rejected`, or a general one. */
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
    readonly "/api/v1/connections/{id}/sync": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Synchronise soon; requests coalesce */
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
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SyncRequested"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `connection_frozen`, `pos_unauthorized`, or a general one. */
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
    readonly "/api/v1/coverage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How complete each shop’s and department’s days are, and why not */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly from: string;
                    readonly to: string;
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
                        readonly "application/json": components["schemas"]["CoverageAnswer"];
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
    readonly "/api/v1/measures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What each measure means, and the payment types */
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
                            readonly measures: readonly components["schemas"]["MeasureDefinition"][];
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
    readonly "/api/v1/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How fresh, today against last week, two weeks a store, what is unmapped, wrong or changed */
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
                        readonly "application/json": components["schemas"]["Overview"];
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
    readonly "/api/v1/problems": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What is wrong with the data, grouped by cause
         * @description Documents that could not be read (their days are partial), shops with a wrong zone, sales whose totals do not add up.
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
                        readonly "application/json": components["schemas"]["Problems"];
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
                    /** @description One business day; with to a range. Left out only together with a q. */
                    readonly day?: string;
                    readonly department?: readonly string[];
                    /** @description UTC starts of hours, as a turnover cell lists them; left out: the whole day. */
                    readonly hour?: readonly string[];
                    readonly limit?: number;
                    /** @description Only receipts that add something to this measure. */
                    readonly measure?: string;
                    readonly posAccount?: string;
                    /** @description Receipt number or POS sale id, from its beginning. */
                    readonly q?: string;
                    /** @description "" is "no register". */
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
    readonly "/api/v1/runs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Synchronisation runs, newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly connection?: string;
                    /** @description `nextCursor` of the page before; left out for the first */
                    readonly cursor?: string;
                    readonly limit?: number;
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
                        readonly "application/json": components["schemas"]["Runs"];
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
    readonly "/api/v1/runs/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One run with its progress */
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
                        readonly "application/json": components["schemas"]["RunProgress"];
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
    readonly "/api/v1/runs/{id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Watch a run
         * @description Server-sent events named `run`, each the run with its progress, whenever it has changed; ends with the run.
         */
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
                        readonly "text/event-stream": string;
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
    readonly "/api/v1/turnover": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Turnover by department or store, and hour, day, week or month
         * @description Business days are inclusive. Every cell says how far it can be trusted: the figure of a running or partial day is never final. Mappings are joined when read, so that a changed mapping changes history.
         */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly by?: "hour" | "day" | "week" | "month";
                    /** @description The same figures one week or 52 weeks (the same weekdays) earlier; by month, one month or year. */
                    readonly compare?: "week" | "year";
                    /** @description Default: the organization's. Amounts in different currencies are never added. */
                    readonly currency?: string;
                    readonly department?: readonly string[];
                    /** @description First business day. */
                    readonly from: string;
                    readonly group?: "department" | "store";
                    /** @description Default: net_sales, transactions, average_basket. */
                    readonly measure?: readonly string[];
                    readonly store?: readonly string[];
                    /** @description Last business day, inclusive. At most 31 days by hour, 1100 by day, 4000 by week or month. */
                    readonly to: string;
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
                        readonly "application/json": components["schemas"]["Turnover"];
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
    readonly "/api/v1/turnover/cells": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The facts before any mapping: shop, register, business day and hour with every measure */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly cursor?: string;
                    readonly from: string;
                    readonly limit?: number;
                    readonly to: string;
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
                        readonly "application/json": components["schemas"]["FactCells"];
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
            /** @description Sales whose business day or hour changed because of it. */
            readonly rebucketed: number;
        };
        readonly CalendarBody: {
            readonly dayStartHour: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /**
             * @description True: change nothing, only say how many sales would move.
             * @default false
             */
            readonly preview: boolean;
            /** @description Left out: the zone stays as it is. */
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
        /** @enum {string} */
        readonly Coverage: "complete" | "running" | "partial" | "missing" | "closed" | "not_applicable";
        readonly CoverageAnswer: {
            readonly departments: readonly {
                readonly days: readonly components["schemas"]["CoverageDay"][];
                readonly department: {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                };
                readonly store: {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                };
            }[];
            readonly shops: readonly {
                readonly days: readonly components["schemas"]["CoverageDay"][];
                readonly name: string;
                /** Format: uuid */
                readonly posAccountId: string;
                readonly shopId: string;
            }[];
        };
        readonly CoverageDay: {
            readonly coverage: components["schemas"]["Coverage"];
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly day: string;
            readonly reasons: readonly components["schemas"]["CoverageReason"][];
        };
        /** @enum {string} */
        readonly CoverageReason: "history_not_read" | "sales_not_caught_up" | "look_ups_not_read" | "figures_not_summed" | "document_set_aside" | "undated_document_set_aside";
        readonly CreatedAccessToken: {
            /** Format: uuid */
            readonly id: string;
            /** @description Shown this once */
            readonly token: string;
        };
        readonly DataProblem: {
            readonly code: string;
            /**
             * Format: date
             * @description The business day that it makes partial; null when it cannot be told
             */
            readonly day: string | null;
            /** Format: date-time */
            readonly firstSeenAt: string | null;
            /** @enum {string} */
            readonly kind: "set_aside" | "shop" | "sale";
            readonly message: string;
            /** @description Where in the document */
            readonly path: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly resource: string;
            readonly resourceId: string | null;
            /** Format: uuid */
            readonly runId: string | null;
            readonly shopId: string | null;
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
        readonly FactCell: {
            /** @description The POS's own account id. */
            readonly accountId: string;
            readonly currency: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly day: string;
            /**
             * Format: date-time
             * @description UTC start of the hour.
             * @example 2026-10-25T00:00:00Z
             */
            readonly hour: string;
            readonly measures: {
                readonly [key: string]: number | string;
            };
            readonly minorDigits: number;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
            readonly registerId: string;
            readonly shopId: string;
        };
        readonly FactCells: {
            readonly items: readonly components["schemas"]["FactCell"][];
            readonly nextCursor: string | null;
        };
        readonly Mapping: {
            /** Format: uuid */
            readonly departmentId: string;
            readonly departmentName: string;
            /**
             * Format: date
             * @description First business day; 0001-01-01 is "from the beginning".
             * @example 2026-10-25
             */
            readonly from: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @description Null: the whole shop, save the registers with a mapping of their own (D20). */
            readonly registerId: string | null;
            readonly registerName: string | null;
            readonly shopId: string;
            readonly shopName: string;
            /** Format: uuid */
            readonly storeId: string;
            readonly storeName: string;
            /**
             * Format: date
             * @description First business day it no longer holds; null: open.
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
        readonly MeasureDefinition: {
            /**
             * @description Whether tax is inside; none where the question has no meaning.
             * @enum {string}
             */
            readonly basis: "excl" | "incl" | "none";
            readonly definition: string;
            /**
             * @description How its value reads: money is integer minor units, integer a count, decimal and share (1 is 100 %) decimal text.
             * @enum {string}
             */
            readonly format: "money" | "integer" | "decimal" | "share";
            /** @enum {string} */
            readonly kind: "cents" | "count" | "quantity" | "ratio";
            /** @description Of a payment type: its name at the POS. */
            readonly label?: string;
            /** @description Key in values, and name of its visible label. */
            readonly name: string;
            /**
             * @description Null: both series have it.
             * @enum {string|null}
             */
            readonly provider: "lightspeed-r" | "lightspeed-x" | null;
            /**
             * @description positive: by its definition not below 0 in ordinary trade; signed: shown with its sign.
             * @enum {string}
             */
            readonly shown: "positive" | "signed";
            /** @enum {string} */
            readonly source: "sale" | "payment" | "derived";
            readonly version: number;
        };
        readonly MeasureValue: number | string | null;
        readonly MeasureValues: {
            readonly [key: string]: components["schemas"]["MeasureValue"];
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
        readonly NewConnection: components["schemas"]["NewRSeriesConnection"] | components["schemas"]["NewXSeriesConnection"];
        readonly NewRSeriesConnection: {
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
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "lightspeed-r";
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        };
        readonly NewXSeriesConnection: {
            /**
             * @default personal_token
             * @enum {string}
             */
            readonly apiType: "personal_token";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix: string;
            readonly name: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "lightspeed-x";
            /** @description A personal token of the store */
            readonly token: string;
            /**
             * Format: date-time
             * @description When the token ends, if it does
             * @default null
             */
            readonly tokenExpiresAt: string | null;
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
        readonly Overview: {
            readonly accounts: readonly {
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly freshAsOf: string | null;
                readonly name: string;
                /** Format: uuid */
                readonly posAccountId: string;
                /** @enum {string} */
                readonly provider: "lightspeed-r" | "lightspeed-x";
            }[];
            /** @example DKK */
            readonly currency: string;
            /**
             * Format: date-time
             * @description Everything up to this moment is here: the oldest of the accounts'. Null before the first complete read.
             * @example 2026-10-25T00:00:00Z
             */
            readonly freshAsOf: string | null;
            /** @example 2 */
            readonly minorDigits: number;
            /** @description Currencies of POS accounts whose amounts are left out. */
            readonly otherCurrencies: readonly string[];
            readonly problems: {
                readonly byCode: readonly {
                    readonly code: string;
                    readonly count: number;
                    readonly resource: string;
                }[];
                readonly connections: readonly {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                    readonly reason: string | null;
                    readonly state: string;
                }[];
                readonly open: number;
            };
            readonly recentChanges: readonly {
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly businessDay: string;
                readonly number: string;
                /** Format: uuid */
                readonly posAccountId: string;
                readonly saleId: string;
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly seenAt: string;
                readonly shopName: string;
                /** @enum {string} */
                readonly state: "open" | "completed" | "voided";
                readonly total: string;
                readonly version: number;
            }[];
            readonly strip: readonly {
                readonly days: readonly {
                    readonly coverage: components["schemas"]["Coverage"];
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly day: string;
                    readonly netSales: number | null;
                }[];
                readonly store: {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                };
            }[];
            readonly today: {
                readonly lastWeek: {
                    readonly netSales: number;
                    readonly transactions: number;
                };
                /** @description The same weekday last week up to the same time of day at each shop. */
                readonly lastWeekByNow: {
                    readonly netSales: number;
                    readonly transactions: number;
                };
                /** @description Null where nothing is known of any store: that is not 0. */
                readonly netSales: number | null;
                readonly stores: readonly {
                    readonly coverage: components["schemas"]["Coverage"];
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly day: string;
                    readonly lastWeek: {
                        readonly netSales: number;
                        readonly transactions: number;
                    };
                    readonly lastWeekByNow: {
                        readonly netSales: number;
                        readonly transactions: number;
                    };
                    readonly netSales: number | null;
                    readonly store: {
                        /** Format: uuid */
                        readonly id: string;
                        readonly name: string;
                    };
                    readonly transactions: number | null;
                }[];
                readonly transactions: number | null;
            };
            readonly unmapped: {
                readonly netSales: number;
                readonly shops: readonly {
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly firstDay: string;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly lastDay: string;
                    readonly name: string;
                    readonly netSales: number;
                    /** Format: uuid */
                    readonly posAccountId: string;
                    readonly registerIds: readonly string[];
                    readonly shopId: string;
                }[];
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly since: string;
                readonly transactions: number;
                /** @description Shops without any mapping today, with or without sales. */
                readonly unmappedShops: number;
            };
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
        readonly ProblemGroup: {
            readonly code: string;
            readonly count: number;
            /** @enum {string} */
            readonly kind: "set_aside" | "shop" | "sale";
            /** @description The newest ones, at most 50 */
            readonly problems: readonly components["schemas"]["DataProblem"][];
            readonly resource: string;
        };
        readonly Problems: {
            readonly groups: readonly components["schemas"]["ProblemGroup"][];
            readonly open: number;
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
            /** @description What the whole sale adds to its own cell; null when it does not count (open, voided). */
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
            /** @description The receipt number people see. */
            readonly number: string;
            /**
             * Format: date-time
             * @description When it was completed, with the shop's zone for display.
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
            /** @description The POS's total incl. tax, exact, as stated. */
            readonly total: string;
            /** @description Newest first. */
            readonly versionList: readonly components["schemas"]["ReceiptVersion"][];
            /** @description Versions seen; above 1 it was changed after we first read it. */
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
            /** @description As the POS computed it, unrounded; excl. tax. */
            readonly exclusive: string;
            readonly itemId: string | null;
            /** @enum {string} */
            readonly kind: "goods" | "return" | "discount" | "fee" | "gift_card" | "store_credit" | "internal" | "ignored";
            readonly lineId: string;
            /** @description What counts, in minor units (D3, D4). */
            readonly netCents: number;
            readonly quantity: string;
            readonly tax: string;
            readonly taxCents: number;
            readonly unitPrice: string;
        };
        readonly ReceiptList: {
            readonly items: readonly components["schemas"]["ReceiptListItem"][];
            readonly nextCursor: string | null;
            /** @description Over every page: how many, and what they add up to; null for a search by number, which may mix currencies. */
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
            /** @description The receipt number people see. */
            readonly number: string;
            /**
             * Format: date-time
             * @description When it was completed, with the shop's zone for display.
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
            /** @description The POS's total incl. tax, exact, as stated. */
            readonly total: string;
            /** @description Versions seen; above 1 it was changed after we first read it. */
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
             * @description The POS's own change stamp.
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
            /** @description The POS's own document, untouched; keys in its order. */
            readonly document?: unknown;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly request: {
                readonly method: string;
                /** @description Path and query; carries no secrets. */
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
        readonly Run: {
            /** @description New or newer versions taken */
            readonly changed: number;
            /** Format: uuid */
            readonly connectionId: string | null;
            readonly documents: number;
            readonly error: {
                readonly code: string;
                readonly message: string;
            } | null;
            /** Format: date-time */
            readonly finishedAt: string | null;
            /** Format: uuid */
            readonly id: string;
            readonly kind: string;
            readonly pages: number;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly requests: number;
            /**
             * Format: date-time
             * @description When it goes on, while the POS asks us to wait
             */
            readonly retryAt: string | null;
            readonly setAside: number;
            /** Format: date-time */
            readonly startedAt: string;
            /**
             * @description `partial`: everything was read, but some documents could not be understood; they are among the problems
             * @enum {string}
             */
            readonly state: "running" | "throttled" | "complete" | "partial" | "failed";
            /** @description Requests that the POS refused for their number */
            readonly throttled: number;
        };
        readonly RunProgress: components["schemas"]["Run"] & {
            readonly progress: {
                readonly documentsPerSecond: number | null;
                readonly historyDone: boolean;
                /** @description Share of the sales history walked; null when unknown */
                readonly historyShare: number | null;
                readonly secondsLeft: number | null;
            };
        };
        readonly Runs: {
            readonly items: readonly components["schemas"]["Run"][];
            /** @description Null on the last page */
            readonly nextCursor: string | null;
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
            /** @description Whether its sales of today reach a department (by the shop's own mapping or those of its registers). */
            readonly mapped: boolean;
            readonly mappings: readonly components["schemas"]["Mapping"][];
            readonly name: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly posAccountName: string;
            /** @description As the POS states it. */
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
            /** @description The store's own zone; null: that of its shops. */
            readonly timeZone: string | null;
        };
        readonly StoreBody: {
            readonly name: string;
            /** @default null */
            readonly timeZone: string | null;
        };
        readonly SyncRequested: {
            /**
             * Format: uuid
             * @description The run under way; null when one begins soon
             */
            readonly runId: string | null;
        };
        readonly Turnover: {
            /** @enum {string} */
            readonly by: "hour" | "day" | "week" | "month";
            readonly columns: readonly components["schemas"]["TurnoverColumn"][];
            readonly comparison: {
                readonly columns: readonly components["schemas"]["TurnoverColumn"][];
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly from: string;
                readonly rows: readonly components["schemas"]["TurnoverRow"][];
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly to: string;
                readonly total: components["schemas"]["TurnoverTotal"];
                /** @description Of each column. */
                readonly totals: readonly components["schemas"]["TurnoverCell"][];
                /** @description What no mapping takes; null when there is none or a filter leaves it out. Part of the totals. */
                readonly unmapped: {
                    readonly cells: readonly components["schemas"]["TurnoverCell"][];
                    readonly total: components["schemas"]["TurnoverTotal"];
                } | null;
            } | null;
            /** @example DKK */
            readonly currency: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** @enum {string} */
            readonly group: "department" | "store";
            readonly measures: readonly components["schemas"]["MeasureDefinition"][];
            /** @example 2 */
            readonly minorDigits: number;
            /** @description Currencies of POS accounts that this answer leaves out. */
            readonly otherCurrencies: readonly string[];
            readonly rows: readonly components["schemas"]["TurnoverRow"][];
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly to: string;
            readonly total: components["schemas"]["TurnoverTotal"];
            /** @description Of each column. */
            readonly totals: readonly components["schemas"]["TurnoverCell"][];
            /** @description What no mapping takes; null when there is none or a filter leaves it out. Part of the totals. */
            readonly unmapped: {
                readonly cells: readonly components["schemas"]["TurnoverCell"][];
                readonly total: components["schemas"]["TurnoverTotal"];
            } | null;
        };
        readonly TurnoverCell: {
            /** @description Key of the column. */
            readonly column: string;
            readonly coverage: components["schemas"]["Coverage"];
            /** @description By hour: the UTC starts of the hours summed here, for the drill to receipts; one for each zone of the sources. */
            readonly hours?: readonly string[];
            readonly values: components["schemas"]["MeasureValues"];
        };
        readonly TurnoverColumn: {
            /** @description In a comparison: the key of the column it stands beside. */
            readonly comparesTo?: string;
            /**
             * Format: date
             * @description By hour: the business day.
             * @example 2026-10-25
             */
            readonly day?: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** @description Day 2026-10-25 · week 2026-W43 · month 2026-10 · hour 2026-10-25T02:00#1. */
            readonly key: string;
            /** @description By hour: wall clock at the shop, 02:00. */
            readonly localHour?: string;
            /** @description By hour: 2 for the second time the clock shows this hour on the night it is put back (D19), else 1. */
            readonly repeat?: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly to: string;
            /** @description False when from..to of the question cuts the week or month short. */
            readonly whole: boolean;
        };
        readonly TurnoverRow: {
            readonly cells: readonly components["schemas"]["TurnoverCell"][];
            /** @description Null when grouped by store. */
            readonly department: {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            } | null;
            readonly store: {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            };
            readonly total: components["schemas"]["TurnoverTotal"];
        };
        readonly TurnoverTotal: {
            readonly coverage: components["schemas"]["Coverage"];
            readonly values: components["schemas"]["MeasureValues"];
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
