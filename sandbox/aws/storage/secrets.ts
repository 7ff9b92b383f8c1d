import { type Attributes, filled, number, text, texts } from '../../provider/attributes';
import { now } from '../../provider/clock';
import { hex } from '../../provider/derived';
import { AwsError, inStep } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { generatedName, prefixOf } from '../generated-name';
import { uniqueId } from '../generated-text';
import { namedCreation } from '../named-creation';
import type { Rules } from '../rules';

const SECRET = 'aws_secretsmanager_secret';

/** The type of what is left of a deleted secret until its recovery window ends: its name, which stays taken. */
export const DELETED_SECRET = 'aws_secretsmanager_secret_deleted';

/** The type of a version of a secret, whose value it holds as `stored_value`. */
export const SECRET_VERSION = 'aws_secretsmanager_secret_version';

const DAY_MS = 24 * 60 * 60 * 1000;

function isNamed(name: string): (object: CloudObject) => boolean {
  return ({ attributes }) => text(attributes, 'name') === name;
}

function checkFree(cloud: Cloud, name: string): void {
  if (cloud.all(SECRET).some(isNamed(name)))
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    );
  const deleted = cloud.all(DELETED_SECRET).find(isNamed(name));
  if (deleted !== undefined && Number(deleted.attributes.until) > now())
    throw new AwsError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  if (deleted !== undefined) cloud.remove(DELETED_SECRET, deleted.id);
}

const SECRET_RULES: Rules = {
  noun: 'Secrets Manager Secret',
  service: 'Secrets Manager',
  actions: { create: 'CreateSecret', update: 'UpdateSecret', delete: 'DeleteSecret' },
  create(cloud, request) {
    const digits = cloud.newId('secret', request);
    const name = generatedName(cloud, request, digits);
    checkFree(cloud, name);
    const arn = cloud.arn('secretsmanager', `secret:${name}-${uniqueId(digits).slice(0, 6)}`);
    const attributes = filled(request, { arn, name, name_prefix: prefixOf(name), policy: '' });
    return { id: arn, attributes };
  },
  remove(cloud, { id, attributes }) {
    for (const version of cloud.all(SECRET_VERSION))
      if (text(version.attributes, 'secret_id') === id) cloud.remove(version.type, version.id);
    const days = number(attributes, 'recovery_window_in_days') ?? 30;
    if (days > 0)
      cloud.put(DELETED_SECRET, id, { name: text(attributes, 'name'), until: now() + days * DAY_MS });
  },
};

/** The name of a secret. It has no value before it has a version, and its name stays taken for some days after its deletion. */
export const secret: Rules = namedCreation(SECRET_RULES, (request) => text(request, 'name'));

/** A secret by its ARN or its name. */
function requireSecret(cloud: Cloud, id: string): CloudObject {
  const found = cloud.find(SECRET, id) ?? cloud.all(SECRET).find(isNamed(id));
  if (found !== undefined) return found;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

/** The most bytes of a value (Secrets Manager user guide, "Secrets Manager quotas"). */
const MOST_BYTES = 65_536;

/** The value that a request gives. A write-only one stands in the configuration alone. */
function secretValue(config: Attributes): string {
  const value = ['secret_string_wo', 'secret_string', 'secret_binary']
    .map((name) => text(config, name))
    .find((each) => each !== '');
  if (value === undefined)
    throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  if (Buffer.byteLength(value) > MOST_BYTES)
    throw new AwsError('ValidationException', `Secret value must be at most ${MOST_BYTES} bytes.`);
  return value;
}

/** The version that was current loses its stage to a new one, which may take none of the others. */
function moveStage(cloud: Cloud, secretId: string): void {
  for (const version of cloud.all(SECRET_VERSION)) {
    if (text(version.attributes, 'secret_id') !== secretId) continue;
    const stages = texts(version.attributes, 'version_stages');
    if (!stages.includes('AWSCURRENT') && !stages.includes('AWSPREVIOUS')) continue;
    const others = stages.filter((stage) => stage !== 'AWSCURRENT' && stage !== 'AWSPREVIOUS');
    const version_stages = stages.includes('AWSCURRENT') ? ['AWSPREVIOUS', ...others] : others;
    cloud.put(version.type, version.id, { ...version.attributes, version_stages });
  }
}

/** A value of a secret. It stays in the cloud alone where it is given as a write-only argument. */
export const secretVersion: Rules = {
  noun: 'Secrets Manager Secret Version',
  service: 'Secrets Manager',
  actions: {
    create: 'PutSecretValue',
    update: 'UpdateSecretVersionStage',
    delete: 'UpdateSecretVersionStage',
  },
  create(cloud, request, config) {
    const secretId = text(request, 'secret_id');
    const subject = `putting Secrets Manager Secret (${secretId}) value`;
    return inStep({ subject, action: 'PutSecretValue' }, () => {
      const { id } = requireSecret(cloud, secretId);
      const stored_value = secretValue(config);
      const version = `terraform-${hex(26, 'version', cloud.newId('version', request))}`;
      const wanted = texts(request, 'version_stages');
      const stages = wanted.length > 0 ? wanted : ['AWSCURRENT'];
      if (stages.includes('AWSCURRENT')) moveStage(cloud, id);
      const attributes = filled(request, {
        arn: id,
        has_secret_string_wo: text(config, 'secret_string_wo') === '' ? null : true,
        secret_binary: '',
        secret_string: '',
        version_id: version,
        version_stages: stages,
      });
      return { id: `${id}|${version}`, attributes: { ...attributes, stored_value } };
    });
  },
};
