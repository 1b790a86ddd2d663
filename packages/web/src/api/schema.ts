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
    readonly "/api/v1/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who did what and when, with what it was before and is since; the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description An action, or its area: `member.removed` or `member` */
                    readonly action?: string;
                    readonly actorId?: string;
                    /** @description `nextCursor` of the page before; left out for the first */
                    readonly cursor?: string;
                    readonly limit?: number;
                    readonly subjectId?: string;
                    readonly subjectKind?: string;
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
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["AuditEntry"][];
                            /** @description Null on the last page */
                            readonly nextCursor: string | null;
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
    readonly "/api/v1/authorizations/{token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What a sent link is about
         * @description Open to whoever holds the link: it names the company, the connection and what is asked for, and nothing else.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly token: string;
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
                        readonly "application/json": components["schemas"]["PublicAuthorization"];
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `not_found`, or a general one. */
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
    readonly "/api/v1/authorizations/{token}/begin": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Begin the sign-in at the POS by a sent link
         * @description Open to whoever holds the link; only the browser that begins can finish.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly token: string;
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
                /** @description A problem; `code` is one of `invalid_request`, `not_found`, `conflict`, `connection_frozen`, `oauth_expired`, `oauth_state_invalid`, or a general one. */
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
    readonly "/api/v1/changes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What changed in figures that had been shown, and why; newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description void · edit: other content, same day · moved: to or from another day, shop or register · back_dated: entered after the time it is dated · late_arrival: told only after the day had been read · several · calendar, mapping, left_out (which shops and registers count): a setting, by its author · recomputed. */
                    readonly cause?: components["schemas"]["ChangeCause"];
                    readonly cursor?: string;
                    readonly department?: string;
                    /** @description First business day changed. */
                    readonly from?: string;
                    readonly limit?: number;
                    readonly posAccount?: string;
                    readonly shop?: string;
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
                        readonly "application/json": components["schemas"]["ChangeList"];
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
         * @description By OAuth without a refresh token it is still to be authorized, see `/connections/{id}/authorize`. Every other kind signs in at once.
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `connection_name_taken`, `pos_account_in_use`, `pos_unauthorized`, `pos_unavailable`, `pos_rejected`, `not_found`, or a general one. */
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
        /** Change a connection: its name, the age gate, when its credential ends, what it asks for */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ConnectionChanges"];
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `connection_name_taken`, `conflict`, or a general one. */
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
        /**
         * Begin the sign-in at the POS: send the browser to the address in the answer
         * @description Also while the connection is frozen: bringing the answer back sends one request, for the tokens; they are stored, the connection stays frozen, and the account is compared once it is thawed.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    /** @description Name of the public address to come back to */
                    readonly publicUrl?: string;
                };
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
    readonly "/api/v1/connections/{id}/authorize/change": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Begin the sign-in at the POS in another way than until now: API type, OAuth client, scopes, hosts
         * @description It is taken up when the authorization ends well; until then the connection goes on with what it has.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: {
                    /** @description Name of the public address to come back to */
                    readonly publicUrl?: string;
                };
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["AuthorizationChange"];
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
                            /** Format: uri */
                            readonly url: string;
                        };
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
    readonly "/api/v1/connections/{id}/authorize/paste": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Finish the sign-in with the address the POS sent the browser to
         * @description For installations without HTTPS, where that page does not open. The code in it lives 60 seconds (R-Series). Ends as the callback does: `code` says why it failed.
         */
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
                        readonly url: string;
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
                        readonly "application/json": components["schemas"]["PastedAuthorization"];
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
    readonly "/api/v1/connections/{id}/catch-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Read what was left unread when the connection or one of its shops was thawed from today on */
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
                        readonly "application/json": {
                            /** @description Stretches of time being read now; 0: none was left. */
                            readonly gaps: number;
                        };
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
    readonly "/api/v1/connections/{id}/consequences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What removing or retiring a connection would mean */
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
                        readonly "application/json": components["schemas"]["ConnectionConsequences"];
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
    readonly "/api/v1/connections/{id}/credential": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Replace the credential in place, by one of any kind of the same POS and account
         * @description The account it opens is compared first; the old credential stays when that is another one. While the connection is frozen the credential is only stored, and compared before its first use. By OAuth without a refresh token: `/connections/{id}/authorize`.
         */
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
                    readonly "application/json": components["schemas"]["ReplaceCredential"];
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `oauth_wrong_account`, `pos_account_in_use`, `pos_unauthorized`, `pos_unavailable`, `pos_rejected`, or a general one. */
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
    readonly "/api/v1/connections/{id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to a connection and its shops: who, when, why; newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description `nextCursor` of the page before; left out for the first */
                    readonly cursor?: string;
                    readonly limit?: number;
                };
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
                            readonly items: readonly components["schemas"]["ConnectionEvent"][];
                            /** @description Null on the last page */
                            readonly nextCursor: string | null;
                        };
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
    readonly "/api/v1/connections/{id}/freeze": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Freeze: keep the data, make no calls
         * @description Answers when no request can be sent through the connection any more, a run under way included.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `unavailable`, or a general one. */
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
    readonly "/api/v1/connections/{id}/hand-over": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which shops of another connection would take over when this one retires; nothing is changed */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly at: string;
                    readonly successorConnectionId: string;
                };
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
                            readonly items: readonly components["schemas"]["HandOver"][];
                        };
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
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/help": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The four questions about a connection, answered from how it stands now */
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
                        readonly "application/json": components["schemas"]["ConnectionHelp"];
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
    readonly "/api/v1/connections/{id}/invite-authorization": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send somebody without an account a link to sign in at the POS; good once */
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
                        /** @default 7 */
                        readonly days?: number;
                        /** Format: email */
                        readonly email: string;
                    };
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["AuthorizationInvitation"];
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
        /** Withdraw the link that waits */
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
    readonly "/api/v1/connections/{id}/reading": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Budget, cursors and what was left unread */
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
                        readonly "application/json": components["schemas"]["ConnectionReading"];
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
    readonly "/api/v1/connections/{id}/requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The last requests to the POS, newest first, without secrets
         * @description At most 100; of a run under way those up to its last slice.
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
                        readonly "application/json": components["schemas"]["ConnectionRequests"];
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
    readonly "/api/v1/connections/{id}/retire": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Retire: the company leaves this POS
         * @description The data stays, credentials are destroyed, and the mappings of its shops end. The shops of a successor take over their departments from that day on, as `/connections/{id}/hand-over` proposes.
         */
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
                        /**
                         * Format: date
                         * @description First business day without it.
                         */
                        readonly at: string;
                        /** @default null */
                        readonly reason?: string | null;
                        /**
                         * Format: uuid
                         * @description The connection of the new till.
                         * @default null
                         */
                        readonly successorConnectionId?: string | null;
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `unavailable`, or a general one. */
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
    readonly "/api/v1/connections/{id}/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Additional settings: how the account is read and counted, and who is told */
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
                        readonly "application/json": components["schemas"]["ConnectionSettings"];
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
        /**
         * Change additional settings
         * @description What counts and what does not is so for all of history when the answer comes; the change log names the days and `left_out` as the cause.
         */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        /**
                         * Format: date
                         * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
                         */
                        readonly historyFrom?: string | null;
                        /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
                        readonly mirrorArchived?: boolean;
                        /** @description How many of the last days are read again each night. */
                        readonly nightlyDays?: number;
                        /** @description When, on the clock of the zone. */
                        readonly nightlyTime?: string;
                        /** @description Null: the organization's. */
                        readonly nightlyZone?: string | null;
                        /**
                         * Format: email
                         * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
                         */
                        readonly notificationEmail?: string | null;
                        /** @description How often changes are asked for. */
                        readonly pollSeconds?: number;
                        /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
                        readonly rateReserve?: number;
                        /** @description Registers whose sales and payments do not count: they are read and kept, and history is as if it had always been so. */
                        readonly registersOut?: readonly string[];
                        readonly shopFilter?: components["schemas"]["ShopFilter"];
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
                        readonly "application/json": components["schemas"]["ConnectionSettings"];
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
        readonly trace?: never;
    };
    readonly "/api/v1/connections/{id}/settings/choices": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The shops, registers and regions of the account, and which of them count */
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
                        readonly "application/json": components["schemas"]["ConnectionChoices"];
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
        /** Thaw: go on, and catch up if wanted */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["Thaw"];
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
    readonly "/api/v1/connections/{id}/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the POS tells of changes by itself */
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
                        readonly "application/json": components["schemas"]["WebhookState"];
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
    readonly "/api/v1/connections/{id}/webhooks/repair": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Look after the webhooks now
         * @description Registers what is missing at the POS and repairs what was changed there, in the background. Done daily as well.
         */
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
                        readonly "application/json": components["schemas"]["WebhookState"];
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
    readonly "/api/v1/days/{day}/log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The day’s log: every import and change of a setting, with the turnover after it */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly department?: string;
                    readonly posAccount?: string;
                    readonly shop?: string;
                };
                readonly header?: never;
                readonly path: {
                    readonly day: string;
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
                        readonly "application/json": components["schemas"]["DayLog"];
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
                            readonly departments: readonly components["schemas"]["DepartmentDetail"][];
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
    readonly "/api/v1/departments/{id}/pos-numbers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Map a department by POS client number and POS terminal numbers
         * @description Edits the same mappings as the store’s page (D20).
         */
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
                    readonly "application/json": components["schemas"]["PosNumbersBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["DepartmentDetail"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `mapping_overlap`, or a general one. */
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
    readonly "/api/v1/email-changes/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Confirm a new e-mail address by the link that was mailed to it
         * @description Open: whoever has the link has the address. It works once.
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
                    readonly "application/json": {
                        /** @description What follows # in the link */
                        readonly token: string;
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
                        readonly "application/json": {
                            readonly email: string;
                        };
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `link_invalid`, `conflict`, `rate_limited`, or a general one. */
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
    readonly "/api/v1/hooks/x/{token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Deliveries of the X-Series
         * @description Open because the POS cannot sign in: the address is the key, one for each account and type, and the signature is checked where the application has a secret. Takes what the POS sends when a sale or a customer changed or a register was closed: a form whose `payload` holds JSON. What a delivery says is never data: the record it names is read at the POS. Closings of registers, which the POS tells in no other way, are kept as its report, to compare figures with.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly token: string;
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
                /** @description A problem; `code` is one of `invalid_request`, `not_found`, `unauthenticated`, `payload_too_large`, or a general one. */
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
    readonly "/api/v1/invitations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Invitations that were not accepted yet */
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
                            readonly items: readonly components["schemas"]["Invitation"][];
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
        /** Invite somebody by e-mail address; the answer holds the link too */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewInvitation"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["SentInvitation"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `conflict`, `not_found`, or a general one. */
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
    readonly "/api/v1/invitations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Withdraw an invitation */
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
    readonly "/api/v1/invitations/{id}/renew": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A new link for an invitation, with a new week; the old one is worth nothing then */
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
                        readonly "application/json": components["schemas"]["SentInvitation"];
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
    readonly "/api/v1/invitations/accept": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Accept an invitation; somebody new gives a name and a password, and signs in afterwards
         * @description Open: whoever has the link has the invitation. It works once.
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
                    readonly "application/json": {
                        readonly name?: string;
                        readonly password?: string;
                        /** @description What follows # in the link */
                        readonly token: string;
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
                        readonly "application/json": {
                            readonly email: string;
                            /** Format: uuid */
                            readonly organizationId: string;
                        };
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `link_invalid`, `rate_limited`, or a general one. */
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
    readonly "/api/v1/invitations/look-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What an invitation is to
         * @description Open: whoever has the link has the invitation.
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
                    readonly "application/json": {
                        /** @description What follows # in the link */
                        readonly token: string;
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
                        readonly "application/json": components["schemas"]["InvitationLookUp"];
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `link_invalid`, `rate_limited`, or a general one. */
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
    readonly "/api/v1/mappings/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who changed mappings, and from what to what; newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly cursor?: string;
                    readonly department?: string;
                    readonly limit?: number;
                    readonly posAccount?: string;
                    readonly shop?: string;
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
                        readonly "application/json": components["schemas"]["MappingHistory"];
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
    readonly "/api/v1/mappings/paste": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Map many shops from a pasted table, all lines or none */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["MappingPaste"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["MappingPasteAnswer"];
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
    readonly "/api/v1/mappings/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What replacing the mappings of some shops would move; nothing is changed */
        readonly post: {
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
                        readonly "application/json": components["schemas"]["MappingPreview"];
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
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/mappings/suggestions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A department for each unmapped shop and register, by the likeness of their names */
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
                            readonly items: readonly components["schemas"]["MappingSuggestion"][];
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
        /** Change my name */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        readonly name: string;
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
        readonly trace?: never;
    };
    readonly "/api/v1/me/email": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Mail a link to the address I want to sign in with from now on */
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
                        /** Format: email */
                        readonly email: string;
                        readonly password: string;
                    };
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly mailed: boolean;
                        };
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `rate_limited`, `unavailable`, or a general one. */
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
                            /**
                             * @description Whether tax is in the planner’s turnover.
                             * @enum {string}
                             */
                            readonly basis: "excl" | "incl";
                            readonly measures: readonly components["schemas"]["MeasureDefinition"][];
                            /**
                             * @description retail: gross − discounts − returns = net. vat: gross is what was charged incl. tax after discounts and returns, net the same excl. tax.
                             * @enum {string}
                             */
                            readonly preset: "retail" | "vat";
                            /** @description Of the definitions; every figure’s definition says which it follows. */
                            readonly version: number;
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
    readonly "/api/v1/measures/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How the organization names its figures, and whether its planner counts tax in */
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
                        readonly "application/json": components["schemas"]["TurnoverSettings"];
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
        /** Choose preset and tax basis */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["TurnoverSettings"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["TurnoverSettings"];
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
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/members": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The people of this organization */
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
                        readonly "application/json": components["schemas"]["Members"];
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
    readonly "/api/v1/members/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Remove a member; what they made stays, their access tokens stop working */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly userId: string;
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
        readonly options?: never;
        readonly head?: never;
        /** Give a member another role or other departments */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly userId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        /** @description What the person is limited to, perhaps nothing; null: not limited */
                        readonly departmentIds?: readonly string[] | null;
                        readonly role?: components["schemas"]["Role"];
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
        readonly trace?: never;
    };
    readonly "/api/v1/members/leave": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Leave this organization */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `conflict`, `not_found`, or a general one. */
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
    readonly "/api/v1/notification-rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which role is told of what, and how */
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
                        readonly "application/json": components["schemas"]["NotificationRules"];
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
        /** Change how roles are told; what is not named stays */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        readonly rules: readonly components["schemas"]["NotificationRule"][];
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
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/notifications": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What my bell shows, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description `nextCursor` of the page before; left out for the first */
                    readonly cursor?: string;
                    readonly limit?: number;
                    readonly state?: "open" | "all";
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
                        readonly "application/json": components["schemas"]["Notifications"];
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
    readonly "/api/v1/notifications/{id}/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** I have read this one */
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
    readonly "/api/v1/notifications/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** I have read all of them */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
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
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/oauth-clients": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The OAuth clients, by name, with the connections that use them */
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
                            readonly items: readonly components["schemas"]["OAuthClient"][];
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
        /** Add an OAuth client; its secret is never shown again */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["NewOAuthClient"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["OAuthClient"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `name_taken`, or a general one. */
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
    readonly "/api/v1/oauth-clients/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Delete an OAuth client that no connection uses */
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
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `oauth_client_in_use`, or a general one. */
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
        /** Change an OAuth client; what is left out stays, the secret too */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["OAuthClientChange"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["OAuthClient"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `name_taken`, or a general one. */
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
         * Where the R-Series sends the browser back to
         * @description Open to the address, not to the person: only the session or the sent link that began the sign-in can finish it. Ends on the web page.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly code?: string;
                    readonly domain_prefix?: string;
                    readonly error?: string;
                    readonly scope?: string;
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
    readonly "/api/v1/oauth/x-series/callback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Where the X-Series sends the browser back to
         * @description Open to the address, not to the person: only the session or the sent link that began the sign-in can finish it. Ends on the web page.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly code?: string;
                    readonly domain_prefix?: string;
                    readonly error?: string;
                    readonly scope?: string;
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
                        /**
                         * @description Written down where staff act as a client
                         * @default null
                         */
                        readonly reason?: string | null;
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
    readonly "/api/v1/password-resets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Mail a link to set a new password
         * @description Open: for people who cannot sign in. The answer is the same whether or not anybody has this address.
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
                    readonly "application/json": {
                        /** Format: email */
                        readonly email: string;
                    };
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly accepted: boolean;
                        };
                    };
                };
                /** @description A problem; `code` is one of `invalid_request`, `rate_limited`, or a general one. */
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
    readonly "/api/v1/password-resets/confirm": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Set a new password by the link that was mailed; signs out everywhere
         * @description Open: whoever has the link has the address. It works once.
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
                    readonly "application/json": {
                        readonly password: string;
                        /** @description What follows # in the link */
                        readonly token: string;
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
                /** @description A problem; `code` is one of `invalid_request`, `link_invalid`, `rate_limited`, or a general one. */
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
    readonly "/api/v1/permissions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who may do what, and whom I can ask for what I may not */
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
                        readonly "application/json": components["schemas"]["PermissionTable"];
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
    readonly "/api/v1/problems/{id}/dismiss": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Dismiss a document that nobody will be able to read
         * @description Its day is complete without it from then on. Who did it and why is kept; the same content again stays dismissed.
         */
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
                    readonly "application/json": components["schemas"]["ProblemDismissal"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProblemsDismissed"];
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
    readonly "/api/v1/problems/{id}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Read one document set aside again */
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
                        readonly "application/json": components["schemas"]["ProblemReplayAsked"];
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
    readonly "/api/v1/problems/dismiss": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Dismiss all documents of a cause */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ProblemCauseDismissal"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProblemsDismissed"];
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
    readonly "/api/v1/problems/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Read documents set aside again
         * @description With today’s code, from what was kept of them, by the next pass of their account. What can be read lands with the order it had, and makes its day whole; what cannot stays, with today’s reason.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["ProblemReplay"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["ProblemReplayAsked"];
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
    readonly "/api/v1/providers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What can be connected: features, ways to sign in with their fields, scopes, hosts, help */
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
    readonly "/api/v1/providers/lightspeed-x/check-prefix": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Which X-Series store a text means; nothing is asked of the POS */
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
                        readonly text: string;
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
                        readonly "application/json": {
                            /** @description Null: no store */
                            readonly prefix: string | null;
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
                    /** @description An hour of the shop's clock on the wall, 10:00; one that comes twice in a night is both. */
                    readonly localHour?: string;
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
                    /** @description Of the business day, 1 is Monday: with `localHour`, the receipts of a cell of the heat map over the same days. */
                    readonly weekday?: number;
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
    readonly "/api/v1/reconciles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Comparisons made before; newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly cursor?: string;
                    readonly limit?: number;
                    readonly preset?: "r.sales_subtotal" | "r.sales_total" | "r.payments" | "r.register_counts" | "x.sales_report" | "x.closure_sales" | "x.closure_payments";
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
                        readonly "application/json": components["schemas"]["ReconcileList"];
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
         * Set our figure beside the POS’s own, with a bridge of causes
         * @description The POS’s figure is read from it, or typed. Every line of the bridge lists the receipts that sum to it; what is left is said as unexplained.
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
                    readonly "application/json": components["schemas"]["ReconcileBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 201: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Reconcile"];
                    };
                };
                /** @description A problem; `code` is one of `unauthenticated`, `forbidden`, `invalid_request`, `not_found`, `conflict`, `connection_frozen`, `pos_unauthorized`, `pos_unavailable`, `pos_rejected`, `pos_shape_changed`, or a general one. */
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
    readonly "/api/v1/reconciles/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One comparison as it was found */
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
                        readonly "application/json": components["schemas"]["Reconcile"];
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
    readonly "/api/v1/reconciles/{id}/sign-off": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stand for a comparison, with a note */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["SignOffBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["Reconcile"];
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
    readonly "/api/v1/reconciles/presets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The POS’s reports that figures can be set beside */
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
                            readonly presets: readonly {
                                readonly description: string;
                                readonly measure: string;
                                /** @enum {string} */
                                readonly name: "r.sales_subtotal" | "r.sales_total" | "r.payments" | "r.register_counts" | "x.sales_report" | "x.closure_sales" | "x.closure_payments";
                                /** @enum {string} */
                                readonly provider: "lightspeed-r" | "lightspeed-x";
                                /** @enum {string} */
                                readonly source: "api" | "typed";
                            }[];
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
    readonly "/api/v1/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The browsers I am signed in with */
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
                            readonly items: readonly components["schemas"]["Session"][];
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
        /** Sign me out of every other browser */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
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
    readonly "/api/v1/sessions/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Sign me out of one browser */
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
    readonly "/api/v1/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What this organization is set to */
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
                        readonly "application/json": components["schemas"]["Settings"];
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
    readonly "/api/v1/settings/balance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Budget & Weekly Balance: registers, POS import, who feeds it, confirming by itself */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        readonly autoConfirm?: boolean;
                        /** @example 05:00 */
                        readonly autoConfirmAt?: string;
                        readonly multipleCashRegisters?: boolean;
                        /**
                         * Format: uuid
                         * @description Which connection feeds the balance; null: every one
                         */
                        readonly posConnectionId?: string | null;
                        readonly posImport?: boolean;
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
                        readonly "application/json": components["schemas"]["Settings"];
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
        readonly trace?: never;
    };
    readonly "/api/v1/settings/contacts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** The integration contact, and what the Help & Support panel shows */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        readonly integrationContact?: {
                            readonly email?: "" | string;
                            readonly name?: string;
                            readonly phone?: string;
                        };
                        readonly support?: {
                            readonly email?: "" | string;
                            readonly hours?: string;
                            readonly links?: readonly {
                                readonly label: string;
                                /** Format: uri */
                                readonly url: string;
                            }[];
                            readonly name?: string;
                            readonly phone?: string;
                        };
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
                        readonly "application/json": components["schemas"]["Settings"];
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
        readonly trace?: never;
    };
    readonly "/api/v1/settings/general": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Name, zone, currency, week, nightly time */
        readonly patch: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        readonly currency?: string;
                        readonly name?: string;
                        /** @example 05:00 */
                        readonly nightlyAt?: string;
                        /** @example Europe/Copenhagen */
                        readonly timeZone?: string;
                        readonly weekStart?: number;
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
                        readonly "application/json": components["schemas"]["Settings"];
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
    readonly "/api/v1/shops/{posAccountId}/{shopId}/calendar/hand-back": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Give a zone that somebody chose back to the till */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["HandBackBody"];
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
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shops/{posAccountId}/{shopId}/closed-days": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Days marked as closed */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly from: string;
                    readonly to: string;
                };
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
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
                            readonly items: readonly {
                                /**
                                 * Format: date
                                 * @example 2026-10-25
                                 */
                                readonly day: string;
                                readonly reason: string;
                            }[];
                        };
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
            readonly requestBody?: {
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
    readonly "/api/v1/shops/{posAccountId}/{shopId}/freeze": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Freeze one shop: keep its data, take in nothing new of it */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        /** @default null */
                        readonly reason?: string | null;
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
    readonly "/api/v1/shops/{posAccountId}/{shopId}/opening-hours": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** When a shop is open; empty when nothing is stated */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
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
                            readonly items: readonly components["schemas"]["OpeningHours"][];
                        };
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
        /**
         * State when a shop is open
         * @description A complete day without a sale whose weekday is left out is closed, and not a zero.
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
                    readonly "application/json": components["schemas"]["OpeningHoursBody"];
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
                            readonly items: readonly components["schemas"]["OpeningHours"][];
                        };
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
    readonly "/api/v1/shops/{posAccountId}/{shopId}/thaw": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Thaw one shop */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly posAccountId: string;
                    readonly shopId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": components["schemas"]["Thaw"];
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
    readonly "/api/v1/shops/unmapped": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Amount at risk: sales of the last 90 days that no mapping takes, by shop */
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
                        readonly "application/json": components["schemas"]["UnmappedShops"];
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
    readonly "/api/v1/support": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whom to turn to (W9) */
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
                        readonly "application/json": components["schemas"]["Support"];
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
    readonly "/api/v1/support/bundle": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A diagnostic bundle to attach to a question: versions, states, recent errors; no secrets, no figures */
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
                        readonly "application/json": components["schemas"]["SupportBundle"];
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
                    /** @description The same figures one week or 52 weeks (the same weekdays) earlier; by month, one month or year. previous: the period just before, as long. */
                    readonly compare?: "week" | "year" | "previous";
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
    readonly "/api/v1/turnover/heatmap": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** By weekday and hour of the clock on the wall: sums, and averages of complete days */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly currency?: string;
                    readonly department?: readonly string[];
                    readonly from: string;
                    readonly measure?: string;
                    readonly store?: readonly string[];
                    /** @description Last business day, inclusive. At most 1100 days. */
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
                        readonly "application/json": components["schemas"]["HeatMap"];
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
    readonly "/api/v1/visitors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** People counted at the door */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly department?: readonly string[];
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
                        readonly "application/json": {
                            readonly items: readonly components["schemas"]["VisitorCount"][];
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
        /** Enter what was counted, by hour or day */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["VisitorsBody"];
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
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/visitors/import": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Take a CSV table of visitors; bad rows are told one by one */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": components["schemas"]["VisitorImportBody"];
                };
            };
            readonly responses: {
                /** @description Done */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": components["schemas"]["VisitorImportAnswer"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly AccessToken: {
            /** Format: date-time */
            readonly createdAt: string;
            /** @description Name of who made it; null when made on the command line */
            readonly createdBy: string | null;
            readonly departmentIds: readonly string[] | null;
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
        readonly AccountSettings: {
            /**
             * Format: date
             * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
             */
            readonly historyFrom: string | null;
            /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
            readonly mirrorArchived: boolean;
            /** @description How many of the last days are read again each night. */
            readonly nightlyDays: number;
            /** @description When, on the clock of the zone. */
            readonly nightlyTime: string;
            /** @description Null: the organization's. */
            readonly nightlyZone: string | null;
            /** @description How often changes are asked for. */
            readonly pollSeconds: number;
            /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
            readonly rateReserve: number;
            /** @description Registers whose sales and payments do not count: they are read and kept, and history is as if it had always been so. */
            readonly registersOut: readonly string[];
            readonly shopFilter: components["schemas"]["ShopFilter"];
        };
        readonly AuditEntry: {
            /** @example member.role_changed */
            readonly action: string;
            readonly actor: {
                /** @description Whether it was the operator's staff inside this organization */
                readonly actingAs: boolean;
                readonly id: string | null;
                /** @enum {string} */
                readonly kind: "person" | "token" | "command" | "system";
                readonly name: string | null;
            };
            /** @description The same fields as they are since; null for something gone */
            readonly after: {
                readonly [key: string]: unknown;
            } | null;
            /** Format: date-time */
            readonly at: string;
            /** @description What changed, as it was; null for something new */
            readonly before: {
                readonly [key: string]: unknown;
            } | null;
            /** Format: uuid */
            readonly id: string;
            readonly reason: string | null;
            readonly subject: {
                readonly id: string | null;
                readonly kind: string;
                readonly name: string | null;
            };
        };
        /** @description Who changed a setting; null where a receipt did. */
        readonly Author: {
            readonly id: string | null;
            /** @enum {string} */
            readonly kind: "person" | "token" | "command" | "system";
            readonly name: string | null;
        } | null;
        readonly AuthorizationChange: {
            /** @enum {string} */
            readonly apiType: "v3" | "v2";
            /** @description Chosen by id from the allow-list of `/providers` */
            readonly hosts?: {
                /** @enum {string} */
                readonly api?: "current" | "legacy";
                /** @enum {string} */
                readonly oauth?: "current" | "legacy";
            };
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        } | {
            /** @enum {string} */
            readonly apiType: "oauth";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix?: string;
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        };
        readonly AuthorizationInvitation: {
            readonly email: string;
            /** Format: date-time */
            readonly expiresAt: string;
            /**
             * Format: uri
             * @description To send by other means; shown this once
             */
            readonly link: string;
            /** @description False where no mail is set up */
            readonly mailed: boolean;
        };
        /**
         * @description other_day: paid on another day than the sale was completed · day_start: before the day’s start hour the POS counts the calendar day · open_sales: payments of sales not completed, sales on account not yet closed there · liability_moves: gift cards loaded, credit given · lines_outside_turnover: fees, gift cards, credit, shipping · discounts_on_returns · tax_in_discounts: the POS states discounts of tax-inclusive sales with tax · cents_of_lines: the POS adds unrounded lines · cash_rounding · no_session: in no register session that the POS told of · changed_since: changed after its register was closed · left_out: of shops or registers that were chosen not to count · not_read: receipts the POS has and we do not · differs_at_pos: receipts with other amounts there · not_at_pos: receipts the POS no longer counts.
         * @enum {string}
         */
        readonly BridgeCause: "other_day" | "day_start" | "open_sales" | "liability_moves" | "lines_outside_turnover" | "discounts_on_returns" | "tax_in_discounts" | "cents_of_lines" | "cash_rounding" | "no_session" | "changed_since" | "left_out" | "not_read" | "differs_at_pos" | "not_at_pos";
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
        readonly Change: {
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly at: string;
            readonly author: components["schemas"]["Author"];
            readonly cause: components["schemas"]["ChangeCause"];
            /** @description Of this register and day. Integers in minor units, counts, or quantities as text. */
            readonly changes: readonly {
                readonly measure: string;
                readonly new: number | string;
                readonly old: number | string;
            }[];
            /** @example DKK */
            readonly currency: string;
            /**
             * Format: date
             * @description Of a mapping: the first day it touches.
             * @example 2026-10-25
             */
            readonly day: string;
            /** @description That has this register on this day now; null: none. */
            readonly department: {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            } | null;
            /** Format: uuid */
            readonly id: string;
            /** @example 2 */
            readonly minorDigits: number;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly receiptCount: number;
            /** @description At most 20, the largest first; none without leave to read receipts. */
            readonly receipts: readonly components["schemas"]["ChangedReceipt"][];
            readonly registerId: string | null;
            readonly registerName: string | null;
            /** Format: uuid */
            readonly runId: string | null;
            readonly shopId: string;
            readonly shopName: string;
            readonly store: {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            } | null;
            /**
             * Format: date
             * @description Of a mapping: the first day it no longer touches; null: open, or no mapping.
             * @example 2026-10-25
             */
            readonly until: string | null;
        };
        /**
         * @description void · edit: other content, same day · moved: to or from another day, shop or register · back_dated: entered after the time it is dated · late_arrival: told only after the day had been read · several · calendar, mapping, left_out (which shops and registers count): a setting, by its author · recomputed.
         * @enum {string}
         */
        readonly ChangeCause: "void" | "edit" | "moved" | "back_dated" | "late_arrival" | "several" | "calendar" | "mapping" | "left_out" | "recomputed";
        readonly ChangedReceipt: {
            /** @enum {string} */
            readonly cause: "void" | "edit" | "moved" | "back_dated" | "late_arrival";
            /** @description What it adds now less what it added before, by measure. */
            readonly changes: {
                readonly [key: string]: number;
            };
            readonly number: string | null;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly saleId: string;
            /**
             * Format: date-time
             * @description Of a void, where the POS told of it.
             * @example 2026-10-25T00:00:00Z
             */
            readonly voidedAt: string | null;
            readonly voidReason: string | null;
        };
        readonly ChangeList: {
            readonly items: readonly components["schemas"]["Change"][];
            readonly nextCursor: string | null;
        };
        readonly ClosedDayBody: {
            /** @default  */
            readonly reason: string;
        };
        readonly Connection: {
            readonly apiType: string;
            /** @description The name to look for in the POS; null where we were not told it */
            readonly appName: string | null;
            readonly attestation: {
                /** Format: date-time */
                readonly at: string;
                readonly by: string;
                readonly text: string;
            } | null;
            /** Format: date-time */
            readonly createdAt: string;
            readonly data: {
                /** Format: date-time */
                readonly firstAt: string | null;
                readonly importing: {
                    readonly secondsLeft: number | null;
                    readonly share: number | null;
                } | null;
                /** Format: date-time */
                readonly lastAt: string | null;
                /** Format: date-time */
                readonly lastChangeAt: string | null;
                /** Format: date-time */
                readonly nextAt: string | null;
            };
            readonly domainPrefix: string | null;
            /** @description When the credential ends, as stated; `refused`: the POS takes it no more */
            readonly expiry: {
                readonly never: boolean;
                /** Format: date */
                readonly on: string | null;
                readonly refused: boolean;
            };
            readonly hosts: {
                readonly api?: string;
                readonly oauth?: string;
            };
            /** Format: uuid */
            readonly id: string;
            /**
             * Format: date-time
             * @description When the POS last took our credentials
             */
            readonly lastCallAt: string | null;
            /** Format: date-time */
            readonly lastSuccessAt: string | null;
            readonly name: string;
            /** @description The application it signs in as. `id` is null for one of its own and for the instance's */
            readonly oauthClient: {
                readonly clientId: string;
                /** Format: uuid */
                readonly id: string | null;
                readonly name: string | null;
            } | null;
            readonly pendingAuthorization: {
                readonly email: string;
                /** Format: date-time */
                readonly expiresAt: string;
            } | null;
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
            /** @description The minimum set-up. The age gate holds back the use of people’s data, never figures */
            readonly setUp: {
                readonly complete: boolean;
                readonly steps: readonly {
                    readonly done: boolean;
                    /** @enum {string} */
                    readonly step: "authorize" | "age_gate";
                }[];
            };
            /** @enum {string} */
            readonly state: "set_up_incomplete" | "active" | "throttled" | "needs_reauthorisation" | "frozen" | "retired" | "removed";
            /** Format: date-time */
            readonly stateChangedAt: string;
            readonly stateReason: string | null;
            readonly unmappedShops: number;
            readonly usedBy: readonly {
                /** Format: uuid */
                readonly id: string;
                /** @enum {string} */
                readonly kind: "department";
                readonly name: string;
            }[];
        };
        readonly ConnectionChanges: {
            /** @description Whether the age gate is ticked; the text stands in `/providers` */
            readonly attested?: boolean;
            readonly expiresOn?: string | "never" | null;
            readonly name?: string;
            /** Format: uuid */
            readonly oauthClientId?: string | null;
            /** @description Takes effect when the connection is authorized again */
            readonly scopes?: readonly string[];
        };
        readonly ConnectionChoices: {
            /** @description Countries of the shops’ addresses, and states in them where the POS tells; as `shopFilter` takes them. */
            readonly regions: readonly {
                readonly region: string;
                readonly shops: number;
            }[];
            readonly registers: readonly {
                readonly archived: boolean;
                readonly counted: boolean;
                readonly id: string;
                readonly name: string;
                readonly shopId: string | null;
                readonly shopName: string | null;
            }[];
            readonly shops: readonly {
                readonly archived: boolean;
                readonly counted: boolean;
                readonly country: string | null;
                readonly id: string;
                readonly name: string;
                readonly region: string | null;
            }[];
        };
        readonly ConnectionConsequences: {
            /** Format: date */
            readonly firstDay: string | null;
            readonly keeps: readonly ("sales" | "customers" | "figures" | "mappings")[];
            /** Format: date */
            readonly lastDay: string | null;
            readonly revokesAtPos: boolean;
            readonly sales: number;
            readonly shops: number;
            readonly stops: readonly ("new_sales" | "late_changes")[];
            readonly usedBy: readonly {
                /** Format: uuid */
                readonly id: string;
                /** @enum {string} */
                readonly kind: "department";
                readonly name: string;
            }[];
        };
        readonly ConnectionEvent: {
            readonly actor: {
                readonly id: string | null;
                /** @enum {string} */
                readonly kind: "person" | "token" | "command" | "system";
                readonly name: string | null;
            };
            /** Format: date-time */
            readonly at: string;
            /** @description Of a thaw `cursor` or `today`; of a retirement its date. */
            readonly choice: string | null;
            readonly from: string | null;
            /** Format: uuid */
            readonly id: string;
            /** @description A code of ours, or what the person wrote. */
            readonly reason: string | null;
            /** @description Null: the connection itself. */
            readonly shopId: string | null;
            readonly to: string;
        };
        readonly ConnectionHelp: {
            readonly items: readonly {
                readonly answer: string;
                /** @enum {string} */
                readonly id: "when_data" | "is_active" | "unmapped" | "more_settings";
                readonly question: string;
            }[];
        };
        readonly ConnectionReading: {
            /** @description By the latest answer of the POS; null before the first. */
            readonly budget: {
                /**
                 * Format: date-time
                 * @description When it stood so.
                 */
                readonly at: string;
                /** Format: date-time */
                readonly blockedUntil: string | null;
                /** @description Spent. */
                readonly level: number;
                /**
                 * @description bucket: regained all the time; window: anew every five minutes.
                 * @enum {string}
                 */
                readonly mode: "bucket" | "window";
                readonly perMinute: number | null;
                /** @description Share left to others. */
                readonly reserve: number;
                /** @description Null: the POS states no limit. */
                readonly size: number | null;
                readonly waiting: number;
            } | null;
            /** @description Stretches of time that were left unread. Their days are not complete, nor are the days before them until they were read again: what was changed in them meanwhile is not known. */
            readonly gaps: readonly {
                /**
                 * @description asked: left until somebody catches up (`/connections/{id}/catch-up`); else it is being read.
                 * @enum {string}
                 */
                readonly closing: "asked" | "poll" | "history";
                /** Format: date-time */
                readonly from: string;
                /** @description Null: all shops of the account. */
                readonly shopId: string | null;
                readonly shopName: string | null;
                /**
                 * Format: date-time
                 * @description Null: the shop is frozen still.
                 */
                readonly until: string | null;
            }[];
            readonly streams: readonly {
                /**
                 * Format: date-time
                 * @description Everything up to here is read; of the history, when it was through.
                 */
                readonly caughtUpAt: string | null;
                /** @enum {string} */
                readonly lane: "live" | "history" | "reconcile";
                /** @description Where its cursor stands, in words. */
                readonly position: string;
                /** @enum {string} */
                readonly stream: "sales" | "customers" | "saleVoids" | "lookUps";
                /** Format: date-time */
                readonly updatedAt: string;
                /** @description Stretches of time that wait to be read again. */
                readonly waiting: number | null;
            }[];
        };
        readonly ConnectionRequests: {
            readonly items: readonly {
                /** Format: date-time */
                readonly at: string;
                /** @description Of the budget, after it. */
                readonly level: number | null;
                readonly method: string;
                readonly ms: number;
                /** @description And query; secrets and e-mail addresses masked. */
                readonly path: string;
                readonly size: number | null;
                /** @description Null: no answer came. */
                readonly status: number | null;
            }[];
        };
        readonly ConnectionSettings: components["schemas"]["AccountSettings"] & {
            /**
             * Format: email
             * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
             */
            readonly notificationEmail: string | null;
        };
        readonly ConnectionTest: {
            readonly currency: string | null;
            readonly externalId: string;
            readonly firstReceipt: {
                /** Format: date-time */
                readonly at: string;
                readonly number: string;
            } | null;
            readonly name: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @description As the POS states it; it grows with the registers of the subscription */
            readonly rateBudget: {
                readonly level: number;
                readonly perSecond: number | null;
                readonly size: number;
            } | null;
            readonly registers: number;
            readonly shops: number;
            /**
             * @description Of the first receipt
             * @enum {string|null}
             */
            readonly taxMode: "inclusive" | "exclusive" | null;
            readonly timeZones: readonly string[];
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
        readonly CoverageReason: "history_not_read" | "sales_not_caught_up" | "look_ups_not_read" | "shop_frozen" | "gap_not_read" | "changes_not_read" | "figures_not_summed" | "document_set_aside" | "undated_document_set_aside";
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
            /**
             * Format: uuid
             * @description Of a document set aside: what replay and dismissal take
             */
            readonly id: string | null;
            /** @enum {string} */
            readonly kind: "set_aside" | "shop" | "sale";
            readonly message: string;
            /** @description Where in the document */
            readonly path: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @description It will be read again with the next pass */
            readonly replayAsked: boolean;
            readonly resource: string;
            readonly resourceId: string | null;
            /** Format: uuid */
            readonly runId: string | null;
            readonly shopId: string | null;
        };
        readonly DayLog: {
            readonly coverage: components["schemas"]["Coverage"];
            /** @example DKK */
            readonly currency: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly day: string;
            /** @description Newest first. */
            readonly items: readonly components["schemas"]["DayLogItem"][];
            /**
             * Format: date-time
             * @description When a receipt of the day was last read from the POS, changed or not.
             * @example 2026-10-25T00:00:00Z
             */
            readonly lastReadAt: string | null;
            /** @enum {string} */
            readonly measure: "net_sales" | "net_sales_incl";
            /** @example 2 */
            readonly minorDigits: number;
            readonly turnover: number | null;
        };
        readonly DayLogItem: {
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly at: string;
            readonly author: components["schemas"]["Author"];
            readonly cause: components["schemas"]["ChangeCause"] & (string | null);
            /** @description Against the entry before; null for the first. */
            readonly change: number | null;
            readonly receiptCount: number;
            readonly receipts: readonly components["schemas"]["ChangedReceipt"][];
            /** Format: uuid */
            readonly runId: string | null;
            /** @description The day had not ended; later imports of that day took its place here. */
            readonly running: boolean;
            /** @enum {string} */
            readonly source: "first_import" | "import" | "calendar" | "mapping" | "left_out";
            readonly transactions: number;
            /** @description Of the day after it, with the mapping of that moment. */
            readonly turnover: number;
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
        readonly DepartmentDetail: components["schemas"]["Department"] & {
            /** @description POS client number: `account` with all its shops, or `account:shop`; several joined with “, ”. */
            readonly posClientNumber: string | null;
            /** @description POS terminal numbers: registers mapped by themselves. */
            readonly posTerminalNumbers: readonly string[];
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
        readonly HandBackBody: {
            /** @default false */
            readonly preview: boolean;
        };
        readonly HandOver: {
            /** Format: uuid */
            readonly departmentId: string;
            readonly departmentName: string;
            readonly fromShopId: string;
            readonly fromShopName: string;
            /** Format: uuid */
            readonly posAccountId: string;
            readonly shopId: string;
            readonly shopName: string;
        };
        readonly HeatMap: {
            readonly cells: readonly {
                readonly average: components["schemas"]["MeasureValue"] & unknown;
                readonly averageOf: components["schemas"]["MeasureValue"] & unknown;
                readonly hour: string;
                readonly sum: components["schemas"]["MeasureValue"];
                readonly weekday: number;
            }[];
            /** @example DKK */
            readonly currency: string;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** @description Hours in which anything was sold: 10:00. */
            readonly hours: readonly string[];
            readonly measure: components["schemas"]["MeasureDefinition"];
            /** @example 2 */
            readonly minorDigits: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly to: string;
            readonly weekdays: readonly {
                /** @description Of these, complete for every source asked about; averages are of them. */
                readonly completeDays: number;
                /** @description Such days in the range. */
                readonly days: number;
                /** @description 1 is Monday, 7 Sunday. */
                readonly weekday: number;
            }[];
            readonly weekStart: number;
        };
        readonly Invitation: {
            /** Format: date-time */
            readonly createdAt: string;
            /** @description What the person is limited to, perhaps nothing; null: not limited */
            readonly departmentIds: readonly string[] | null;
            readonly email: string;
            /** Format: date-time */
            readonly expiresAt: string;
            /** Format: uuid */
            readonly id: string;
            readonly role: components["schemas"]["Role"];
        };
        readonly InvitationLookUp: {
            readonly email: string;
            /** @description Whether they have an account here, and so need no name and password */
            readonly known: boolean;
            readonly organization: string;
            readonly role: components["schemas"]["Role"];
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
        readonly MappingHistory: {
            readonly items: readonly {
                readonly after: readonly {
                    /** Format: uuid */
                    readonly departmentId: string;
                    readonly departmentName: string;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly from: string;
                    readonly registerId: string | null;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly until: string | null;
                }[];
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly at: string;
                readonly author: components["schemas"]["Author"];
                readonly before: readonly {
                    /** Format: uuid */
                    readonly departmentId: string;
                    readonly departmentName: string;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly from: string;
                    readonly registerId: string | null;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly until: string | null;
                }[];
                /**
                 * Format: date
                 * @description The first business day whose department it changed; 0001-01-01: from the beginning.
                 * @example 2026-10-25
                 */
                readonly firstDay: string;
                /** Format: uuid */
                readonly id: string;
                /** Format: uuid */
                readonly posAccountId: string;
                readonly shopId: string;
                readonly shopName: string;
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly until: string | null;
            }[];
            readonly nextCursor: string | null;
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
        readonly MappingPaste: {
            /**
             * Format: date
             * @description For lines without a date.
             * @default 0001-01-01
             * @example 2026-10-25
             */
            readonly from: string;
            /** @default false */
            readonly preview: boolean;
            /** @description One mapping a line: shop; register; department; from; until, separated by semicolon, tab or comma. Shop and department by id or name, also account:shop and store/department; register empty for the whole shop; dates may be left out. A heading is skipped. */
            readonly text: string;
        };
        readonly MappingPasteAnswer: {
            /** @description All or none: false when any line was refused, and in a preview. */
            readonly applied: boolean;
            readonly rows: readonly {
                readonly department: string;
                /** @description Why not. */
                readonly message: string | null;
                readonly ok: boolean;
                readonly register: string | null;
                /** @description Line of the text, from 1. */
                readonly row: number;
                readonly shop: string;
            }[];
        };
        readonly MappingPreview: {
            /** @description Confirmed days among them: their figures stay, as pending adjustments. */
            readonly confirmedDays: number;
            /** @example DKK */
            readonly currency: string;
            /** @description Net sales of what moves: `before` leaves the department, `after` comes to it. */
            readonly departments: readonly {
                readonly after: number;
                readonly before: number;
                readonly days: number;
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            }[];
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly firstDay: string | null;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly lastDay: string | null;
            /** @example 2 */
            readonly minorDigits: number;
            /** @description Only days with figures; the largest first. */
            readonly moves: readonly {
                readonly days: number;
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly firstDay: string;
                /** @description Null: not mapped. */
                readonly from: {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                } | null;
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly lastDay: string;
                readonly netSales: number;
                readonly to: {
                    /** Format: uuid */
                    readonly id: string;
                    readonly name: string;
                } | null;
                readonly transactions: number;
            }[];
            /** @description Moves in these are not in the amounts. */
            readonly otherCurrencies: readonly string[];
        };
        readonly MappingsBody: {
            readonly mappings: readonly components["schemas"]["MappingInput"][];
            readonly shops: readonly {
                /** Format: uuid */
                readonly posAccountId: string;
                readonly shopId: string;
            }[];
        };
        readonly MappingSuggestion: {
            /** Format: uuid */
            readonly departmentId: string;
            readonly departmentName: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @description Null: the whole shop. */
            readonly registerId: string | null;
            /** @description 1: the same name; 0.5: the least that is shown. */
            readonly score: number;
            readonly shopId: string;
            readonly storeName: string;
        };
        readonly Me: {
            /** @description Whether I am the operator's staff inside a client's organization (W1: show it) */
            readonly actingAs: boolean;
            /** @description What I am limited to; null: not limited */
            readonly departmentIds: readonly string[] | null;
            readonly organization: components["schemas"]["Organization"];
            readonly organizations: readonly {
                /** Format: uuid */
                readonly id: string;
                /** @description False: as the operator's staff only */
                readonly member: boolean;
                readonly name: string;
            }[];
            readonly permissions: readonly components["schemas"]["Permission"][];
            readonly role: components["schemas"]["Role"] | null;
            /** @description Null for an access token */
            readonly user: {
                readonly email: string;
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
                readonly twoFactor: boolean;
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
            readonly source: "sale" | "payment" | "visitor" | "derived";
            readonly version: number;
        };
        readonly MeasureValue: number | string | null;
        readonly MeasureValues: {
            readonly [key: string]: components["schemas"]["MeasureValue"];
        };
        readonly Member: {
            /** @description Whether the caller may change or remove them */
            readonly changeable: boolean;
            /** Format: date-time */
            readonly createdAt: string;
            /** @description What the person is limited to, perhaps nothing; null: not limited */
            readonly departmentIds: readonly string[] | null;
            readonly email: string;
            /** Format: date-time */
            readonly lastSeenAt: string | null;
            readonly name: string;
            readonly role: components["schemas"]["Role"];
            readonly twoFactor: boolean;
            /** Format: uuid */
            readonly userId: string;
            readonly you: boolean;
        };
        readonly Members: {
            /** @description The roles the caller may give */
            readonly givable: readonly components["schemas"]["Role"][];
            readonly items: readonly components["schemas"]["Member"][];
        };
        readonly NewAccessToken: {
            /** @default null */
            readonly departmentIds: readonly string[] | null;
            /**
             * Format: date-time
             * @default null
             */
            readonly expiresAt: string | null;
            readonly name: string;
            readonly permissions: readonly components["schemas"]["Permission"][];
        };
        readonly NewConnection: components["schemas"]["NewRSeriesConnection"] | components["schemas"]["NewRSeriesKeyConnection"] | components["schemas"]["NewXSeriesConnection"] | components["schemas"]["NewXSeriesOAuthConnection"];
        readonly NewInvitation: {
            /**
             * @description What the person is limited to, perhaps nothing; null: not limited
             * @default null
             */
            readonly departmentIds: readonly string[] | null;
            /** Format: email */
            readonly email: string;
            readonly role: components["schemas"]["Role"];
        };
        readonly NewOAuthClient: {
            readonly clientId: string;
            /** @default null */
            readonly clientSecret: string | null;
            readonly name: string;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
        };
        readonly NewRSeriesConnection: {
            /** @enum {string} */
            readonly apiType: "v3" | "v2";
            /** @description Chosen by id from the allow-list of `/providers` */
            readonly hosts?: {
                /** @enum {string} */
                readonly api?: "current" | "legacy";
                /** @enum {string} */
                readonly oauth?: "current" | "legacy";
            };
            readonly name: string;
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @enum {string} */
            readonly provider: "lightspeed-r";
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
            /** @description Additional settings that hold from the first call on; the others once the shops are known */
            readonly settings?: {
                /**
                 * Format: date
                 * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
                 */
                readonly historyFrom?: string | null;
                /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
                readonly mirrorArchived?: boolean;
                /** @description How many of the last days are read again each night. */
                readonly nightlyDays?: number;
                /** @description When, on the clock of the zone. */
                readonly nightlyTime?: string;
                /** @description Null: the organization's. */
                readonly nightlyZone?: string | null;
                /**
                 * Format: email
                 * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
                 */
                readonly notificationEmail?: string | null;
                /** @description How often changes are asked for. */
                readonly pollSeconds?: number;
                /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
                readonly rateReserve?: number;
            };
        };
        readonly NewRSeriesKeyConnection: {
            readonly apiKey: string;
            /** @enum {string} */
            readonly apiType: "key";
            /** @description Chosen by id from the allow-list of `/providers` */
            readonly hosts?: {
                /** @enum {string} */
                readonly api?: "current" | "legacy";
                /** @enum {string} */
                readonly oauth?: "current" | "legacy";
            };
            readonly name: string;
            /** @enum {string} */
            readonly provider: "lightspeed-r";
            /** @description Additional settings that hold from the first call on; the others once the shops are known */
            readonly settings?: {
                /**
                 * Format: date
                 * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
                 */
                readonly historyFrom?: string | null;
                /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
                readonly mirrorArchived?: boolean;
                /** @description How many of the last days are read again each night. */
                readonly nightlyDays?: number;
                /** @description When, on the clock of the zone. */
                readonly nightlyTime?: string;
                /** @description Null: the organization's. */
                readonly nightlyZone?: string | null;
                /**
                 * Format: email
                 * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
                 */
                readonly notificationEmail?: string | null;
                /** @description How often changes are asked for. */
                readonly pollSeconds?: number;
                /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
                readonly rateReserve?: number;
            };
        };
        readonly NewXSeriesConnection: {
            /** @enum {string} */
            readonly apiType: "personal_token";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix: string;
            /**
             * @description When the token ends: a day, `never`, or null when not known
             * @default null
             */
            readonly expiresOn: string | "never" | null;
            readonly name: string;
            /** @enum {string} */
            readonly provider: "lightspeed-x";
            /** @description Additional settings that hold from the first call on; the others once the shops are known */
            readonly settings?: {
                /**
                 * Format: date
                 * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
                 */
                readonly historyFrom?: string | null;
                /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
                readonly mirrorArchived?: boolean;
                /** @description How many of the last days are read again each night. */
                readonly nightlyDays?: number;
                /** @description When, on the clock of the zone. */
                readonly nightlyTime?: string;
                /** @description Null: the organization's. */
                readonly nightlyZone?: string | null;
                /**
                 * Format: email
                 * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
                 */
                readonly notificationEmail?: string | null;
                /** @description How often changes are asked for. */
                readonly pollSeconds?: number;
                /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
                readonly rateReserve?: number;
            };
            /** @description A personal token of the store */
            readonly token: string;
            /**
             * Format: date-time
             * @description The same to the second
             * @default null
             */
            readonly tokenExpiresAt: string | null;
        };
        readonly NewXSeriesOAuthConnection: {
            /** @enum {string} */
            readonly apiType: "oauth";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix?: string;
            readonly name: string;
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @enum {string} */
            readonly provider: "lightspeed-x";
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
            /** @description Additional settings that hold from the first call on; the others once the shops are known */
            readonly settings?: {
                /**
                 * Format: date
                 * @description Sales of earlier days are not imported; null: all there are. An earlier day imports what was left.
                 */
                readonly historyFrom?: string | null;
                /** @description Whether a customer archived at the POS is archived here. Sales count whether they are archived or not. */
                readonly mirrorArchived?: boolean;
                /** @description How many of the last days are read again each night. */
                readonly nightlyDays?: number;
                /** @description When, on the clock of the zone. */
                readonly nightlyTime?: string;
                /** @description Null: the organization's. */
                readonly nightlyZone?: string | null;
                /**
                 * Format: email
                 * @description Is mailed what concerns this connection, besides those whom the rules name; null: nobody else.
                 */
                readonly notificationEmail?: string | null;
                /** @description How often changes are asked for. */
                readonly pollSeconds?: number;
                /** @description Share of the POS's rate budget left to others who use the same OAuth client or token. */
                readonly rateReserve?: number;
            };
        };
        readonly Notification: {
            readonly data: {
                readonly [key: string]: unknown;
            };
            /** @description Where in the web it is put right */
            readonly fix: {
                readonly href: string;
                readonly label: string;
            } | null;
            /** Format: uuid */
            readonly id: string;
            readonly kind: components["schemas"]["NotificationKind"];
            /** Format: date-time */
            readonly raisedAt: string;
            readonly read: boolean;
            /** Format: date-time */
            readonly resolvedAt: string | null;
            /** @enum {string} */
            readonly severity: "info" | "warning" | "error";
            readonly text: string;
            readonly title: string;
        };
        /** @enum {string} */
        readonly NotificationKind: "unmapped_stores" | "new_pos_shop" | "connection_needs_reauthorisation" | "connection_expires" | "documents_set_aside" | "import_overdue" | "authorization_done" | "budget_low";
        readonly NotificationRule: {
            readonly bell: boolean;
            readonly kind: components["schemas"]["NotificationKind"];
            readonly mail: boolean;
            readonly role: components["schemas"]["Role"];
        };
        readonly NotificationRules: {
            readonly items: readonly {
                readonly kind: components["schemas"]["NotificationKind"];
                readonly rules: readonly {
                    readonly bell: boolean;
                    readonly mail: boolean;
                    readonly role: components["schemas"]["Role"];
                }[];
                /** @enum {string} */
                readonly severity: "info" | "warning" | "error";
                readonly title: string;
            }[];
            readonly mail: {
                /** @description False without SMTP_URL: then there is the bell alone */
                readonly available: boolean;
            };
        };
        readonly Notifications: {
            readonly items: readonly components["schemas"]["Notification"][];
            /** @description Null on the last page */
            readonly nextCursor: string | null;
            readonly unread: number;
        };
        readonly OAuthClient: {
            readonly clientId: string;
            /** Format: date-time */
            readonly createdAt: string;
            readonly hasSecret: boolean;
            /** Format: uuid */
            readonly id: string;
            /** @description As registered at the POS, which lists us under it */
            readonly name: string;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
            readonly usedBy: readonly {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
            }[];
        };
        readonly OAuthClientChange: {
            readonly clientId?: string;
            readonly clientSecret?: string | null;
            readonly name?: string;
        };
        readonly OpeningHours: {
            /**
             * Format: date
             * @description First business day these hold; 0001-01-01 is "from the beginning".
             * @example 2026-10-25
             */
            readonly from: string;
            readonly hours: readonly {
                /**
                 * @description Earlier than `open`: on the next day.
                 * @example 09:00
                 */
                readonly close: string;
                /** @example 09:00 */
                readonly open: string;
                /** @description 1 is Monday, 7 Sunday. */
                readonly weekday: number;
            }[];
        };
        /** @description `hours` null takes away what was stated from that day. */
        readonly OpeningHoursBody: {
            /**
             * Format: date
             * @default 0001-01-01
             * @example 2026-10-25
             */
            readonly from: string;
            readonly hours: readonly {
                /**
                 * @description Earlier than `open`: on the next day.
                 * @example 09:00
                 */
                readonly close: string;
                /** @example 09:00 */
                readonly open: string;
                /** @description 1 is Monday, 7 Sunday. */
                readonly weekday: number;
            }[] | null;
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
            readonly corrections: readonly components["schemas"]["Change"][];
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
        readonly PastedAuthorization: {
            readonly code: string | null;
            readonly connection: components["schemas"]["Connection"];
            /** @enum {string} */
            readonly outcome: "connected" | "failed";
        };
        /** @enum {string} */
        readonly Permission: "overview:read" | "turnover:read" | "receipts:read" | "documents:read" | "stores:read" | "stores:write" | "departments:write" | "connections:read" | "connections:write" | "sync:run" | "runs:read" | "tokens:read" | "tokens:write" | "members:read" | "members:write" | "balance:configure" | "support:read" | "settings:read" | "settings:write" | "audit:read" | "metrics:read";
        readonly PermissionTable: {
            readonly items: readonly {
                readonly allowed: boolean;
                readonly ask: readonly {
                    readonly name: string;
                    readonly role: components["schemas"]["Role"];
                }[];
                readonly label: string;
                readonly permission: components["schemas"]["Permission"];
                /** @description Why not; null when it is allowed */
                readonly reason: string | null;
                readonly roles: readonly components["schemas"]["Role"][];
            }[];
            readonly roles: readonly {
                readonly description: string;
                readonly label: string;
                readonly role: components["schemas"]["Role"];
            }[];
        };
        readonly PosNumbersBody: {
            /**
             * @description POS client number: the POS’s account number or name, alone for all its shops, or with `:shop`; several separated by commas. Empty: none.
             * @example 97531:3
             */
            readonly clientNumber: string;
            /**
             * Format: date
             * @default 0001-01-01
             * @example 2026-10-25
             */
            readonly from: string;
            /**
             * @description Take what another department has in that time; without it that is refused, naming the other.
             * @default false
             */
            readonly takeOver: boolean;
            /**
             * @description POS terminal numbers: registers of those shops; empty: all of them.
             * @default []
             */
            readonly terminalNumbers: readonly string[];
        };
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
        readonly ProblemCauseDismissal: {
            readonly cause: string;
            /** @description Why nobody will be able to read it */
            readonly reason: string;
        };
        readonly ProblemDismissal: {
            /** @description Why nobody will be able to read it */
            readonly reason: string;
        };
        readonly ProblemGroup: {
            readonly canDismiss: boolean;
            readonly canReplay: boolean;
            /** @description Names the group for replay and dismissal: `set_aside:bad_number:sale` */
            readonly cause: string;
            readonly code: string;
            readonly count: number;
            /** @description How many of them may be of any day */
            readonly daysUnknown: number;
            readonly example: string;
            /** @enum {string} */
            readonly kind: "set_aside" | "shop" | "sale";
            /** Format: date-time */
            readonly newestAt: string | null;
            /** @description The newest ones, at most 50 */
            readonly problems: readonly components["schemas"]["DataProblem"][];
            /** @description What to do about it */
            readonly remedy: string;
            readonly resource: string;
            /** @description Business days of shops that it makes partial */
            readonly shopDays: number;
        };
        readonly ProblemReplay: {
            /** @description Only this cause; everything set aside when left out */
            readonly cause?: string;
        };
        readonly ProblemReplayAsked: {
            /** @description How many documents will be read again */
            readonly asked: number;
        };
        readonly Problems: {
            readonly groups: readonly components["schemas"]["ProblemGroup"][];
            readonly open: number;
        };
        readonly ProblemsDismissed: {
            readonly dismissed: number;
        };
        readonly Provider: {
            readonly apiTypes: readonly {
                readonly fields: readonly {
                    readonly help: string | null;
                    /** @enum {string} */
                    readonly kind: "text" | "secret" | "expiry" | "oauth_client" | "scopes" | "hosts";
                    readonly label: string;
                    readonly name: string;
                    readonly required: boolean;
                }[];
                /** @enum {string} */
                readonly id: "v3" | "v2" | "key" | "personal_token" | "oauth";
                readonly name: string;
                readonly notice: string | null;
                /** @enum {string} */
                readonly oauthClient: "required" | "optional" | "none";
                readonly scopes: boolean;
                /** @enum {string} */
                readonly signIn: "oauth" | "personal_token" | "api_key";
            }[];
            readonly attestation: string;
            readonly capabilities: readonly string[];
            readonly connector: string;
            /** @description The capability grid */
            readonly features: readonly {
                readonly feature: string;
                readonly label: string;
                readonly note: string | null;
                readonly supported: boolean;
            }[];
            readonly help: readonly {
                readonly id: string;
                readonly steps: readonly string[];
                readonly title: string;
            }[];
            readonly hosts: readonly {
                readonly current: boolean;
                /** @enum {string} */
                readonly id: "current" | "legacy";
                /** @enum {string} */
                readonly part: "api" | "oauth";
                readonly url: string;
            }[];
            /** @enum {string} */
            readonly id: "lightspeed-r" | "lightspeed-x";
            /** @description Whether this installation has an OAuth client for all */
            readonly instanceClient: boolean;
            readonly name: string;
            /** @description To register with the OAuth client, one for each public address; the POS accepts HTTPS only */
            readonly redirectUris: readonly {
                readonly https: boolean;
                readonly name: string;
                readonly url: string;
            }[];
            readonly scopes: readonly {
                readonly needed: boolean;
                readonly preset: boolean;
                readonly reason: string;
                readonly scope: string;
                /** @description What stops working without it */
                readonly without: string;
            }[];
        };
        readonly PublicAuthorization: {
            readonly apiType: string;
            readonly connection: string;
            /** Format: date-time */
            readonly expiresAt: string;
            readonly organization: string;
            /** @enum {string} */
            readonly provider: "lightspeed-r" | "lightspeed-x";
            readonly requestedBy: string;
            readonly scopes: readonly {
                readonly reason: string;
                readonly scope: string;
            }[];
            /** @enum {string} */
            readonly state: "open" | "used" | "expired";
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
            /** @description What the whole sale adds to its own cell; null when it does not count (open, voided, left out). */
            readonly figure: {
                readonly [key: string]: number | string;
            } | null;
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly hour: string;
            /** @description Its shop or register is one that does not count, by the settings of the connection: the sale is in no figure. Each payment goes by its own register. */
            readonly leftOut: boolean;
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
            readonly registerName: string | null;
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
        readonly Reconcile: {
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly at: string;
            readonly author: components["schemas"]["Author"];
            readonly bridge: readonly {
                /** @description Minor units, rounded; what ours lacks is positive. */
                readonly amount: number;
                readonly cause: components["schemas"]["BridgeCause"];
                /** @description Exact decimal of the currency’s main unit: the POS has more decimals than cents. */
                readonly exact: string;
                readonly receiptCount: number;
                /** @description The largest 50; all of them sum to the line. */
                readonly receipts: readonly {
                    /** @description Exact decimal of the currency’s main unit: the POS has more decimals than cents. */
                    readonly amount: string;
                    /**
                     * Format: date
                     * @example 2026-10-25
                     */
                    readonly day: string;
                    readonly number: string | null;
                    readonly saleId: string;
                }[];
            }[];
            /** @example DKK */
            readonly currency: string;
            /** @description pos − ours. */
            readonly difference: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** Format: uuid */
            readonly id: string;
            /** @example 2 */
            readonly minorDigits: number;
            readonly ours: {
                readonly amount: number;
                readonly measure: string;
            };
            readonly pos: {
                readonly amount: number;
                /** @description Rows of the report, each rounded to cents by the POS. */
                readonly rows: number;
                /** @enum {string} */
                readonly source: "api" | "typed";
            };
            /** Format: uuid */
            readonly posAccountId: string;
            /** @enum {string} */
            readonly preset: "r.sales_subtotal" | "r.sales_total" | "r.payments" | "r.register_counts" | "x.sales_report" | "x.closure_sales" | "x.closure_payments";
            /** @description What is left within half a cent a row of the report: the POS rounds each row. No receipt can be named for it. */
            readonly reportRounding: string;
            /**
             * @description Of presets by register: the sessions the POS’s figure is made of, the oldest first.
             * @default []
             */
            readonly sessions: readonly {
                /** @description What the POS says of it, as the preset counts; minor units. */
                readonly amount: number;
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly closedAt: string | null;
                readonly counts: readonly {
                    /** @description What the POS reckons, R-Series incl. the float; minor units. */
                    readonly calculated: number;
                    /** @description Null: not counted. */
                    readonly counted: number | null;
                    readonly paymentType: string | null;
                    readonly paymentTypeId: string;
                }[];
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly openedAt: string;
                readonly registerId: string;
                readonly registerName: string | null;
                readonly shopId: string;
                /**
                 * @description count: R-Series, listed · closure: X-Series, told by webhook · summary: X-Series, the newest, as it is now.
                 * @enum {string}
                 */
                readonly source: "count" | "closure" | "summary";
            }[];
            readonly shopId: string | null;
            readonly shopName: string | null;
            readonly signedOff: {
                /**
                 * Format: date-time
                 * @example 2026-10-25T00:00:00Z
                 */
                readonly at: string;
                readonly author: components["schemas"]["Author"];
                readonly note: string;
            } | null;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly to: string;
            /** @description difference less the bridge and the report’s rounding. Said, never plugged. */
            readonly unexplained: number;
            /** @description Where the POS’s rows say where it is. */
            readonly unexplainedDays: readonly {
                /** @description Exact decimal of the currency’s main unit: the POS has more decimals than cents. */
                readonly amount: string;
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly day: string;
                readonly shopId: string;
            }[];
        };
        readonly ReconcileBody: {
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly from: string;
            /** Format: uuid */
            readonly posAccountId: string;
            /** @enum {string} */
            readonly preset: "r.sales_subtotal" | "r.sales_total" | "r.payments" | "r.register_counts" | "x.sales_report" | "x.closure_sales" | "x.closure_payments";
            /**
             * @description Null: every shop of the account.
             * @default null
             */
            readonly shopId: string | null;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly to: string;
            /**
             * @description The POS’s figure in minor units, as its screen shows it; instead of asking.
             * @default null
             */
            readonly typed: number | null;
        };
        readonly ReconcileList: {
            readonly items: readonly components["schemas"]["Reconcile"][];
            readonly nextCursor: string | null;
        };
        readonly Register: {
            readonly archived: boolean;
            readonly name: string;
            readonly registerId: string;
        };
        readonly ReplaceCredential: {
            /** @enum {string} */
            readonly apiType: "v3" | "v2";
            /** @description Chosen by id from the allow-list of `/providers` */
            readonly hosts?: {
                /** @enum {string} */
                readonly api?: "current" | "legacy";
                /** @enum {string} */
                readonly oauth?: "current" | "legacy";
            };
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        } | {
            readonly apiKey: string;
            /** @enum {string} */
            readonly apiType: "key";
            /** @description Chosen by id from the allow-list of `/providers` */
            readonly hosts?: {
                /** @enum {string} */
                readonly api?: "current" | "legacy";
                /** @enum {string} */
                readonly oauth?: "current" | "legacy";
            };
        } | {
            /** @enum {string} */
            readonly apiType: "personal_token";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix: string;
            /**
             * @description When the token ends: a day, `never`, or null when not known
             * @default null
             */
            readonly expiresOn: string | "never" | null;
            /** @description A personal token of the store */
            readonly token: string;
            /**
             * Format: date-time
             * @description The same to the second
             * @default null
             */
            readonly tokenExpiresAt: string | null;
        } | {
            /** @enum {string} */
            readonly apiType: "oauth";
            /** @description The store's name, as in https://NAME.retail.lightspeed.app; that address will do */
            readonly domainPrefix?: string;
            /**
             * @description An OAuth client for this connection alone
             * @default null
             */
            readonly oauthClient: {
                readonly clientId: string;
                readonly clientSecret: string | null;
            } | null;
            /**
             * Format: uuid
             * @description One of the organization's OAuth clients; without either, the instance's own
             * @default null
             */
            readonly oauthClientId: string | null;
            /** @description Signs in at once, without the consent pages */
            readonly refreshToken?: string;
            /** @description Left out: the least-privilege preset */
            readonly scopes?: readonly string[];
        };
        /** @enum {string} */
        readonly Role: "owner" | "admin" | "regional_supervisor" | "supervisor" | "viewer" | "marketer";
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
                /** @description Until the history is read: the requests that are left over what the POS allows; null when unknown */
                readonly secondsLeft: number | null;
            };
        };
        readonly Runs: {
            readonly items: readonly components["schemas"]["Run"][];
            /** @description Null on the last page */
            readonly nextCursor: string | null;
        };
        readonly SentInvitation: {
            /** Format: uuid */
            readonly id: string;
            /** @description To hand over; shown this once */
            readonly link: string;
            /** @description Whether it was also mailed */
            readonly mailed: boolean;
        };
        readonly Session: {
            readonly address: string | null;
            /** Format: date-time */
            readonly createdAt: string;
            readonly current: boolean;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            readonly lastSeenAt: string;
            readonly userAgent: string | null;
        };
        readonly Settings: {
            readonly balance: {
                readonly autoConfirm: boolean;
                /** @example 05:00 */
                readonly autoConfirmAt: string;
                readonly multipleCashRegisters: boolean;
                /**
                 * Format: uuid
                 * @description Which connection feeds the balance; null: every one
                 */
                readonly posConnectionId: string | null;
                readonly posImport: boolean;
            };
            readonly general: {
                readonly currency: string;
                readonly name: string;
                /** @example 05:00 */
                readonly nightlyAt: string;
                /** @example Europe/Copenhagen */
                readonly timeZone: string;
                readonly weekStart: number;
            };
            readonly integrationContact: {
                readonly email: "" | string;
                readonly name: string;
                readonly phone: string;
            };
            readonly support: {
                readonly email: "" | string;
                readonly hours: string;
                readonly links: readonly {
                    readonly label: string;
                    /** Format: uri */
                    readonly url: string;
                }[];
                readonly name: string;
                readonly phone: string;
            };
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
            /**
             * Format: date-time
             * @description Since when nothing new of it is taken in; null: it is read.
             * @example 2026-10-25T00:00:00Z
             */
            readonly frozenAt: string | null;
            readonly frozenReason: string | null;
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
            /** @description Somebody chose the zone: what the till says does not replace it. */
            readonly overridden: boolean;
            readonly timeZone: string;
        };
        /** @description Shops of which nothing counts are read and kept all the same. A shop whose address the POS does not tell is in no region. */
        readonly ShopFilter: {
            /** @enum {string} */
            readonly by: "all";
        } | {
            /** @enum {string} */
            readonly by: "shops";
            readonly shopIds: readonly string[];
        } | {
            /** @enum {string} */
            readonly by: "regions";
            readonly regions: readonly string[];
        };
        readonly SignOffBody: {
            /** @default  */
            readonly note: string;
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
        readonly Support: {
            readonly contact: {
                readonly email: "" | string;
                readonly name: string;
                readonly phone: string;
            };
            readonly hours: string;
            readonly integrationContact: {
                readonly email: "" | string;
                readonly name: string;
                readonly phone: string;
            };
            readonly links: readonly {
                readonly label: string;
                /** Format: uri */
                readonly url: string;
            }[];
        };
        readonly SupportBundle: {
            readonly [key: string]: unknown;
        };
        readonly SyncRequested: {
            /**
             * Format: uuid
             * @description The run under way; null when one begins soon
             */
            readonly runId: string | null;
        };
        readonly Thaw: {
            /**
             * @description `cursor`: catch up from where it stood. `today`: leave what happened meanwhile; those days stay incomplete.
             * @default cursor
             * @enum {string}
             */
            readonly from: "cursor" | "today";
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
        readonly TurnoverSettings: {
            /**
             * @description Whether tax is in the planner’s turnover.
             * @enum {string}
             */
            readonly basis: "excl" | "incl";
            /**
             * @description retail: gross − discounts − returns = net. vat: gross is what was charged incl. tax after discounts and returns, net the same excl. tax.
             * @enum {string}
             */
            readonly preset: "retail" | "vat";
        };
        readonly TurnoverTotal: {
            readonly coverage: components["schemas"]["Coverage"];
            readonly values: components["schemas"]["MeasureValues"];
        };
        readonly UnmappedShops: {
            /** @example DKK */
            readonly currency: string;
            readonly items: readonly {
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
            /** @example 2 */
            readonly minorDigits: number;
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly since: string;
        };
        readonly VisitorCount: {
            /**
             * Format: date-time
             * @example 2026-10-25T00:00:00Z
             */
            readonly at: string;
            readonly author: components["schemas"]["Author"];
            /**
             * Format: date
             * @example 2026-10-25
             */
            readonly day: string;
            /** Format: uuid */
            readonly departmentId: string;
            /**
             * @description Of the clock on the wall: 10:00. Null: the whole day, which then beats the sum of its hours.
             * @example 10:00
             */
            readonly hour: string | null;
            /** @enum {string} */
            readonly source: "manual" | "csv" | "api";
            readonly visitors: number;
        };
        readonly VisitorImportAnswer: {
            readonly errors: readonly {
                readonly column: string | null;
                readonly message: string;
                readonly row: number;
            }[];
            readonly rows: number;
            readonly taken: number;
        };
        readonly VisitorImportBody: {
            /** @description Columns day, hour, department, visitors in any order, named in the first line; separated by comma, semicolon or tab. hour empty: the whole day. Departments by id, name, or store/department. */
            readonly csv: string;
            /** @default false */
            readonly dryRun: boolean;
            /**
             * @description Take the good rows; without it one bad row refuses all.
             * @default false
             */
            readonly skipErrors: boolean;
        };
        readonly VisitorsBody: {
            readonly items: readonly {
                /**
                 * Format: date
                 * @example 2026-10-25
                 */
                readonly day: string;
                /** Format: uuid */
                readonly departmentId: string;
                /**
                 * @description Of the clock on the wall: 10:00. Null: the whole day, which then beats the sum of its hours.
                 * @default null
                 * @example 10:00
                 */
                readonly hour: string | null;
                /** @description Null takes the number away. */
                readonly visitors: number | null;
            }[];
        };
        readonly WebhookState: {
            /** Format: date-time */
            readonly checkedAt: string | null;
            /** Format: date-time */
            readonly lastDeliveryAt: string | null;
            /**
             * @description `polling`: changes show at the next poll, not within seconds
             * @enum {string}
             */
            readonly mode: "webhooks" | "polling";
            /**
             * @description Why it is only polled. `not_offered`: the POS has no webhooks; `no_public_address`: the hub has no https address; `forbidden`: the credentials lack the scope `webhooks`; `rejected`: the POS refused; `not_registered`: not yet
             * @enum {string|null}
             */
            readonly problem: "not_offered" | "no_public_address" | "forbidden" | "rejected" | "not_registered" | null;
            /** Format: date-time */
            readonly registeredAt: string | null;
            /** @description What the POS tells us of */
            readonly types: readonly string[];
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
