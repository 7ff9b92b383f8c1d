/**
 * The values of a plan's outputs. Nothing is scrubbed: the configuration must be one that reads no secrets.
 *
 * @param text - what `terraform show -json <plan>` prints
 */
export function plannedAnswers(text: string): Readonly<Record<string, unknown>> {
  const { output_changes: changes = {} } = JSON.parse(text) as {
    readonly output_changes?: Readonly<Record<string, { readonly after?: unknown }>>;
  };
  return Object.fromEntries(Object.entries(changes).map(([name, { after }]) => [name, after]));
}
