import { type Attributes, text } from '../provider/attributes';
import { hex } from '../provider/derived';
import type { Cloud } from './cloud';

/** A name as the provider makes one where only a prefix, or nothing, is configured. */
export function generatedName(cloud: Cloud, request: Attributes, id: string): string {
  const prefix = text(request, 'name_prefix');
  return text(request, 'name') || `${prefix === '' ? 'terraform-' : prefix}${hex(26, cloud.region, id)}`;
}

/** The prefix of such a name, as the provider finds it in the name; empty where the name was given. */
export function prefixOf(name: string): string {
  return name.match(/^(.*)[0-9a-f]{26}$/)?.[1] ?? '';
}
