type Json = Readonly<Record<string, unknown>>;

type Values = Readonly<Record<string, unknown>>;

/**
 * Recorded answers about values that say nothing about the argument, by type: of another argument beside it, or cut off after some
 * hundred characters. `tools/record-schema.ts` asks about them again.
 */
const USELESS: Readonly<Record<string, readonly string[]>> = {
  aws_launch_template: ['tag_specifications.resource_type'],
  aws_s3_bucket: ['replication_configuration.rules.id', 'replication_configuration.rules.prefix'],
};

/** The recorded behaviour without such answers. */
export function withoutUselessAnswers(behaviour: Json): Json {
  const types = Object.entries(behaviour as Readonly<Record<string, { readonly values?: Values }>>);
  return Object.fromEntries(
    types.map(([type, recorded]) => {
      const useless = USELESS[type];
      if (useless === undefined) return [type, recorded];
      const values = Object.entries(recorded.values ?? {}).filter(([path]) => !useless.includes(path));
      return [type, { ...recorded, values: Object.fromEntries(values) }];
    }),
  );
}
