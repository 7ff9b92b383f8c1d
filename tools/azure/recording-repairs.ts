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

/**
 * Recorded answers that are about another argument than the one that was asked about, by type: of a question about one argument with an
 * invalid value of another beside it.
 */
const MISPLACED: Readonly<Record<string, readonly string[]>> = {
  azurerm_automation_runbook: ['name', 'draft.parameters.type', 'publish_content_link.hash.value'],
  azurerm_automation_schedule: ['name'],
  azurerm_key_vault: ['contact.name'],
  azurerm_key_vault_secret: ['value'],
  azurerm_network_interface: ['location', 'ip_configuration.private_ip_address'],
  azurerm_public_ip: ['location'],
  azurerm_subnet: ['delegation.name', 'ip_address_pool.id'],
  azurerm_virtual_network: ['ip_address_pool.id'],
};

/** Recorded answers with a list of values that is another argument's, beside a message that is their own. */
const MISPLACED_LISTS: Readonly<Record<string, readonly string[]>> = {
  azurerm_automation_account: ['name'],
  azurerm_automation_schedule: ['monthly_occurrence.occurrence'],
  azurerm_key_vault: ['name'],
};

type Values = Readonly<Record<string, Json>>;

function withoutList({ oneOf: _, ...answer }: Json): Json {
  return answer;
}

/** The recorded behaviour without answers about other arguments. */
export function withoutMisplacedAnswers(behaviour: Json): Json {
  const types = Object.entries(behaviour as Readonly<Record<string, { values?: Values }>>);
  return Object.fromEntries(
    types.map(([type, recorded]) => {
      const [misplaced, lists] = [MISPLACED[type] ?? [], MISPLACED_LISTS[type] ?? []];
      if (misplaced.length + lists.length === 0) return [type, recorded];
      const values = Object.entries(recorded.values ?? {})
        .filter(([path]) => !misplaced.includes(path))
        .map(([path, answer]) => [path, lists.includes(path) ? withoutList(answer) : answer]);
      return [type, { ...recorded, values: Object.fromEntries(values) }];
    }),
  );
}
