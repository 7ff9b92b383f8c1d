type Json = Readonly<Record<string, unknown>>;

const TYPES = ['aws_security_group', 'aws_default_security_group'];
const RULES = ['ingress', 'egress'];

/**
 * Gives the rules of security groups their member `description` back: a schema whose prose was left out may have lost the
 * member of that name as well. (The real provider wants 9 members; see `unasked` in the behaviour file.)
 *
 * @returns the schemas as they are, where none of them is a security group's
 */
export function withRuleDescriptions(schemas: Json): Json {
  const repaired = structuredClone(schemas) as Record<
    string,
    { block: { attributes: Record<string, { type: unknown }> } }
  >;
  for (const type of TYPES.filter((name) => name in schemas)) {
    for (const rules of RULES) {
      const attribute = repaired[type]?.block.attributes[rules];
      if (attribute === undefined) throw new Error(`${type}: no ${rules}`);
      const [, [, members]] = attribute.type as [string, [string, Record<string, string>]];
      const sorted = Object.entries({ ...members, description: 'string' }).sort(([one], [other]) =>
        one < other ? -1 : 1,
      );
      attribute.type = ['set', ['object', Object.fromEntries(sorted)]];
    }
  }
  return repaired;
}
