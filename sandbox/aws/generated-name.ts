import { type Attributes, text } from '../provider/attributes';
import { hex } from '../provider/derived';
import type { Cloud } from './cloud';

/**
 * The name that the provider generates if only a prefix, or nothing, is configured.
 *
 * @param argument the argument for the name, whose prefix is the argument ARGUMENT_prefix. @default name
 */
export function generatedName(cloud: Cloud, request: Attributes, id: string, argument = 'name'): string {
  const prefix = text(request, `${argument}_prefix`);
  return text(request, argument) || `${prefix === '' ? 'terraform-' : prefix}${hex(26, cloud.region, id)}`;
}

/** The prefix of a generated name, as the provider reads it off the name; empty for a name that was configured. */
export function prefixOf(name: string): string {
  return name.match(/^(.*)[0-9a-f]{26}$/)?.[1] ?? '';
}
