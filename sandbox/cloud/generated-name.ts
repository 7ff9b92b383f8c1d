import { type Attributes, text } from './attributes';
import type { Cloud } from './cloud';
import { hex } from './derived';

/** A name as the provider makes one where only a prefix, or nothing, is configured. */
export function generatedName(cloud: Cloud, request: Attributes, id: string): string {
  const prefix = text(request, 'name_prefix');
  return text(request, 'name') || `${prefix === '' ? 'terraform-' : prefix}${hex(26, cloud.region, id)}`;
}
