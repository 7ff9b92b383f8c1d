import type { Configuration } from '../configuration/configuration';
import { type Diagnostic, error } from '../protocol/diagnostics';
import type { ObjectValue } from '../protocol/values';
import type { ProviderFiles, SchemaTable } from '../schemas/provider-files';
import type { ResourceType, ServedType } from './resource-type';
import type { Session } from './simulated-provider';

const KINDS = {
  resource_schemas: { noun: 'resource types', of: 'managed' },
  data_source_schemas: { noun: 'data sources', of: 'data' },
  ephemeral_resource_schemas: { noun: 'ephemeral resources', of: 'ephemeral' },
} as const;

/** The refusal of a type of which something would be made or read, in the sandbox's own name. */
export function notSimulated(files: ProviderFiles, table: SchemaTable, name: string): Diagnostic {
  const { noun, of } = KINDS[table];
  const types = files.types[of];
  const listed = types.length === 0 ? 'none' : types.join(', ');
  return error(
    `The sandbox does not simulate ${name}`,
    `It may be in the configuration as long as nothing is made of it or read (count = 0). The ${noun} of ${files.title} that the sandbox simulates are: ${listed}.`,
  );
}

/** The refusals of arguments and attributes that only later versions of the provider have. */
export function laterRefusals(
  files: ProviderFiles,
  type: ServedType,
  config: ObjectValue,
): readonly Diagnostic[] {
  const isRead = (name: string) => type.schema.block.attributes?.[name]?.computed === true;
  return type.later
    .filter((name) => isRead(name) || (config[name] ?? null) !== null)
    .map((name) => {
      const what = isRead(name) ? `The attribute "${name}"` : `The argument "${name}"`;
      const where = isRead(name) ? `data.${type.name}` : type.name;
      return error(
        `${what} of ${where} is not in the simulated version`,
        `The sandbox simulates ${files.title}, which does not have it; ${files.source} ${files.laterVersion ?? ''} has.`,
        isRead(name) ? undefined : [name],
      );
    });
}

/** The warning about a constraint in `required_providers` that the simulated version does not satisfy. */
export function versionWarnings(
  files: ProviderFiles,
  configuration: Configuration | undefined,
): readonly Diagnostic[] {
  const unsatisfied = configuration?.unsatisfied(files.source, files.version);
  if (unsatisfied === undefined) return [];
  return [
    {
      severity: 'WARNING',
      summary: `The sandbox simulates ${files.title}, not "${unsatisfied.constraint}"`,
      detail: `${unsatisfied.file} requires the other version. What only that version has is refused by name.`,
    },
  ];
}

const LEFT = 'An apply that was killed before Terraform wrote its state leaves such an object';

/** The warning about a resource that would be the second of its kind, if an object is there that no state may know. */
export function plannedTwinWarnings(
  session: Session,
  type: ResourceType,
  planned: ObjectValue | null,
): readonly Diagnostic[] {
  const twin = planned === null ? undefined : session.twin?.(type, planned);
  if (twin === undefined) return [];
  return [
    {
      severity: 'WARNING',
      summary: `${twin.id} is there already, with ${twin.common}`,
      detail: `This plan makes another ${type.name} beside it. ${LEFT}; a real cloud would not say so. To take it over: terraform import.`,
    },
  ];
}

/** The warning about a resource that has just become the second of its kind. */
export function twinWarnings(
  session: Session,
  type: ResourceType,
  made: ObjectValue | null,
): readonly Diagnostic[] {
  const id = typeof made?.id === 'string' ? made.id : '';
  const twin = made === null ? undefined : session.twin?.(type, made, id);
  if (twin === undefined) return [];
  return [
    {
      severity: 'WARNING',
      summary: `${id} was made beside ${twin.id}: both have ${twin.common}`,
      detail: `${LEFT}; a real cloud would not say so. kakehashi sandbox list ${type.name} shows both.`,
    },
  ];
}
