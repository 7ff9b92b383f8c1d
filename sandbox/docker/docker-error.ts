/** The simulated engine refused a request: its words, to which the provider adds its own. */
export class EngineError extends Error {}

/** The provider's whole message about something that it, or the engine, refused. */
export class ProviderError extends Error {}

/**
 * Does a piece of work, and puts the provider's words before a refusal of the engine's.
 *
 * @param words empty where the provider has none of its own
 * @throws {@link ProviderError} such as `Unable to create network: Error response from daemon: …`
 */
export function inWords<T>(words: string, work: () => T): T {
  try {
    return work();
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
    throw new ProviderError(
      `${words}${words === '' ? '' : ': '}Error response from daemon: ${failure.message}`,
    );
  }
}
