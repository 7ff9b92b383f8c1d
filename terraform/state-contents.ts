/** The version of the layout of state files since Terraform 0.12, and of OpenTofu's where they are not encrypted. */
export const STATE_VERSION = 4;

/** The parts of a state that are looked at here. */
interface State {
  readonly version?: unknown;
  readonly outputs?: unknown;
  readonly resources?: unknown;
}

/**
 * Whether a state holds nothing that was applied: no managed resource and no output. A text that is no state of a known
 * layout may hold anything.
 *
 * @param text - of a state file, or what `terraform state pull` prints: nothing where there is no state
 */
export function holdsNothing(text: string): boolean {
  if (text.trim() === '') return true;
  const state = parsed(text);
  if (state?.version !== STATE_VERSION) return false;
  const resources: readonly unknown[] = Array.isArray(state.resources) ? state.resources : [];
  return !resources.some(isManaged) && Object.keys(state.outputs ?? {}).length === 0;
}

function isManaged(resource: unknown): boolean {
  return (
    typeof resource !== 'object' || resource === null || !('mode' in resource) || resource.mode !== 'data'
  );
}

function parsed(text: string): State | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
