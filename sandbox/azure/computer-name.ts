import { ProviderError } from './azure-error';

const SPECIAL = '\\/"[]:|<>+=;,?*@&~!#$%^()_{}\'';

/** The provider's messages about a computer's name, or the prefix of names; each is about another fault. */
function problems(
  name: string,
  argument: string,
  longest: number,
  mayEndWithDash: boolean,
): readonly string[] {
  const says = (text: string) => `${JSON.stringify(argument)} ${text}`;
  return [
    ...(name.length > longest ? [says(`can be at most ${longest} characters, got ${name.length}`)] : []),
    ...(name.startsWith('_') ? [says('cannot begin with an underscore')] : []),
    ...(name.endsWith('.') ? [says('cannot end with a period')] : []),
    ...(!mayEndWithDash && name.endsWith('-') ? [says('cannot end with a dash')] : []),
    ...(hasSpecialCharacter(name) ? [says(`cannot contain the special characters: \`${SPECIAL}\``)] : []),
  ];
}

/** Whether a text has a character that no computer's name may have. */
export function hasSpecialCharacter(name: string): boolean {
  return [...name].some((character) => SPECIAL.includes(character));
}

/** The name of a machine as the name of its computer, where the configuration has none. @throws {@link ProviderError} if it is none */
export function computerNameFrom(name: string): string {
  const [problem] = problems(name, 'computer_name', 64, false);
  if (problem === undefined) return name;
  throw new ProviderError(
    `unable to assume default computer name ${problem}. Please adjust the \`name\`, or specify an explicit \`computer_name\``,
  );
}

/** The name of a scale set as the prefix of its computers' names. @throws {@link ProviderError} if it is none */
export function computerNamePrefixFrom(name: string): string {
  const [problem] = problems(name, 'computer_name_prefix', 58, true);
  if (problem === undefined) return name;
  throw new ProviderError(
    `unable to assume default computer name prefix \`${problem}\`. Please adjust the \`name\`, or specify an explicit \`computer_name_prefix\``,
  );
}
