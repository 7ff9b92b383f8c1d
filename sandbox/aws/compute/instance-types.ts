import { AwsError, invalidParameter } from '../aws-error';

const FORM = /^([a-z][a-z0-9-]*)\.(nano|micro|small|medium|large|(\d*)xlarge|metal(?:-(\d+)xl)?)$/;

/** Families whose letters after the generation have a `g` run on Graviton; `a1` does, too. */
const ARM = /^(a1|[a-z]+\d+g[a-z-]*)$/;

/** The architecture of an instance type. */
export function architectureOf(type: string): 'x86_64' | 'arm64' {
  return ARM.test(type.split('.')[0] ?? '') ? 'arm64' : 'x86_64';
}

/** The virtual processors of an instance type, which follow from its size in nearly all families. */
export function vcpusOf(type: string): number {
  const [, , size = '', xlarge, metal] = FORM.exec(type) ?? [];
  if (xlarge !== undefined) return 4 * Number(xlarge || 1);
  if (size.startsWith('metal')) return 4 * Number(metal ?? 24);
  return architectureOf(type) === 'arm64' && size === 'medium' && !type.startsWith('t') ? 1 : 2;
}

/** The threads of a core: Graviton has no hyper-threading. */
export function threadsOf(type: string): number {
  return architectureOf(type) === 'arm64' || vcpusOf(type) === 1 ? 1 : 2;
}

/**
 * Checks that there is such a type, and that an image runs on it. Of the types of AWS only the form is known.
 *
 * @throws {@link AwsError} as EC2 does
 */
export function checkType(type: string, imageArchitecture: 'x86_64' | 'arm64'): void {
  if (type === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceType');
  if (!FORM.test(type)) throw invalidParameter(`Invalid value '${type}' for InstanceType.`);
  const architecture = architectureOf(type);
  if (architecture !== imageArchitecture)
    throw invalidParameter(
      `The architecture '${architecture}' of the specified instance type does not match the architecture '${imageArchitecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
}
