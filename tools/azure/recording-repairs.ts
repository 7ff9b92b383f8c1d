type Json = Readonly<Record<string, unknown>>;

const GROUP = 'azurerm_network_security_group';

/**
 * Gives the rules of security groups their member `description` back: a schema whose prose was left out has lost the member of
 * that name as well.
 *
 * @param schemas those of resources, or of data sources. @returns them as they are, where none is a security group's
 */
export function withSecurityRuleDescriptions(schemas: Json): Json {
  if (!(GROUP in schemas)) return schemas;
  const repaired = structuredClone(schemas) as Record<
    string,
    { block: { attributes: Record<string, { type: unknown }> } }
  >;
  const attribute = repaired[GROUP]?.block.attributes.security_rule;
  if (attribute === undefined) throw new Error(`${GROUP}: no security_rule`);
  const [collection, [, members]] = attribute.type as [string, [string, Record<string, unknown>]];
  const sorted = Object.entries({ ...members, description: 'string' }).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  attribute.type = [collection, ['object', Object.fromEntries(sorted)]];
  return repaired;
}

/** Recorded answers that are about another argument than the one that was asked about, by type. */
const MISPLACED: Readonly<Record<string, readonly string[]>> = {
  // The question about the location had an invalid allocation method beside it.
  azurerm_public_ip: ['location'],
  // The questions about these had an invalid value of another argument of the block beside them.
  azurerm_subnet: ['delegation.name', 'ip_address_pool.id'],
  azurerm_virtual_network: ['ip_address_pool.id'],
};

/** The recorded behaviour without answers about other arguments. */
export function withoutMisplacedAnswers(behaviour: Json): Json {
  const types = Object.entries(behaviour as Readonly<Record<string, { values?: Json }>>);
  return Object.fromEntries(
    types.map(([type, recorded]) => {
      const misplaced = MISPLACED[type] ?? [];
      if (misplaced.length === 0) return [type, recorded];
      const values = Object.entries(recorded.values ?? {}).filter(([path]) => !misplaced.includes(path));
      return [type, { ...recorded, values: Object.fromEntries(values) }];
    }),
  );
}
