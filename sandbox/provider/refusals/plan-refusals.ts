import { isList, type ObjectValue, Unknown, type Value } from '../../protocol/values';

/** The real provider's message in a plan about an argument that another argument's value excludes. */
const EXCLUDED = [/^(\w+) is not supported with (\w+) = "(.*)"$/];

/** The same in plans of new objects: the provider does not look at changes. */
const EXCLUDED_AT_FIRST = [
  /^(\w+) must not be set when (\w+) = "(.*)"$/,
  /^'(\w+)' must not be set when '(\w+)' is '(.*)'$/,
];

/** The text that the legacy SDK has for a value. */
function textOf(value: Value | undefined): string {
  return value === undefined || value === null || value instanceof Unknown ? '' : String(value);
}

function isSet(config: ObjectValue, name: string): boolean {
  const value = config[name] ?? null;
  return value !== null && value !== '' && !(isList(value) && value.length === 0);
}

/**
 * The messages that refuse a plan whose arguments are legal one by one.
 *
 * @param recorded the messages that the real provider gave about plans of this type
 * @param isNew whether it is a plan of a new object
 */
export function planRefusals(
  recorded: readonly string[],
  config: ObjectValue,
  planned: ObjectValue,
  isNew: boolean,
): readonly string[] {
  const forms = isNew ? [...EXCLUDED, ...EXCLUDED_AT_FIRST] : EXCLUDED;
  return recorded.filter((message) => {
    const match = forms.map((form) => form.exec(message)).find((found) => found !== null);
    const [, excluded = '', by = '', value] = match ?? [];
    return isSet(config, excluded) && textOf(planned[by]) === value;
  });
}
