/** What another program may build on: open the services, serve the API, work in the background. The rest is internal. */
export { createApp } from './http/app.ts';
export { type Config, readConfig } from './platform/config.ts';
export { AppError, type ErrorCode } from './platform/errors.ts';
export { createServices, type OpenServices, type Services } from './platform/services.ts';
export { startWorking } from './cli/work.ts';
