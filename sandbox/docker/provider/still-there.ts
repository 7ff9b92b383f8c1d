import { ProviderError } from '../docker-error';

/**
 * The provider's words after it has tried for 30 seconds to remove something that containers use. The sandbox says them at once.
 *
 * @param state what the provider calls the state of the object
 */
export function stillThere(state: 'in_use' | 'pending'): ProviderError {
  return new ProviderError(
    `timeout while waiting for state to become 'removed' (last state: '${state}', timeout: 30s)`,
  );
}
