/** The values of a variable that is a switch, for messages. */
export const SWITCH_VALUES = '1, true, yes or on, or 0, false, no or off';

/** The meaning of a variable that is a switch, in any letter case; undefined for any other text. Without the variable it is off. */
export function switchValue(text: string | undefined): boolean | undefined {
  if (/^(1|true|yes|on)$/i.test(text ?? '')) return true;
  return /^(0|false|no|off|)$/i.test(text ?? '') ? false : undefined;
}
