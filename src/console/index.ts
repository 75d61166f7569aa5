/** The wholesaler's pages. */
export { consoleRoutes } from './console-routes.ts';
