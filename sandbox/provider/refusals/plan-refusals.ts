import { isList, type ObjectValue } from '../../protocol/values';

/** The real provider's message in a plan about an argument that another argument's value excludes. */
const EXCLUDED = /^(\w+) is not supported with (\w+) = "(.*)"$/;

function isSet(config: ObjectValue, name: string): boolean {
  const value = config[name] ?? null;
  return value !== null && value !== '' && !(isList(value) && value.length === 0);
}

/**
 * The messages that refuse a plan whose arguments are legal one by one.
 *
 * @param recorded the messages that the real provider gave about plans of this type
 */
export function planRefusals(
  recorded: readonly string[],
  config: ObjectValue,
  planned: ObjectValue,
): readonly string[] {
  return recorded.filter((message) => {
    const [, excluded = '', by = '', value] = EXCLUDED.exec(message) ?? [];
    return isSet(config, excluded) && planned[by] === value;
  });
}
