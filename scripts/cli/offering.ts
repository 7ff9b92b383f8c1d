import type { Option } from 'commander';

/** Names the values of an option for its help and for completion. The command checks the value itself, with its own message. */
export function offering(option: Option, values: readonly string[]): Option {
  option.argChoices = [...values];
  return option;
}
