/** The key of the controller among the members of stacks. */
export const CONTROLLER_KEY = 'controller';

/** The names of the containers. */
export function containerNames(environment: string): { readonly occtr: string; readonly jupyter: string } {
  return { occtr: `${environment}-controller`, jupyter: `${environment}-controller-jupyter` };
}
