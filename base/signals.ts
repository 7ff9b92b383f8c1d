const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/**
 * Signals within this time belong to one key press: under `npm start` the terminal sends one signal, and npm another.
 */
const SAME_PRESS_MS = 700;

/** Calls `stop` with 1 for the first Ctrl-C (or SIGTERM, SIGHUP), 2 for the second, and so on. Returns a function that ends this. */
export function onStop(stop: (count: number, signal: StopSignal) => void): () => void {
  let count = 0;
  let last = 0;
  const listeners = STOP_SIGNALS.map((signal) => {
    const listener = () => {
      const now = Date.now();
      if (now - last < SAME_PRESS_MS) return;
      last = now;
      count += 1;
      stop(count, signal);
    };
    process.on(signal, listener);
    return () => process.removeListener(signal, listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}
