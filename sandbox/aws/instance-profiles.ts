import { filled, text } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AwsError, inStep } from './aws-error';
import type { Cloud } from './cloud';
import { generatedName, prefixOf } from './generated-name';
import { uniqueId } from './generated-text';
import { CREATED, requireRole } from './iam-roles';
import { LookupError } from './lookup-error';
import { namedCreation } from './named-creation';
import type { Rules } from './rules';

const PROFILE = 'aws_iam_instance_profile';

/** The end of a name that the provider makes for an attachment. */
function suffixOf(cloud: Cloud, ...parts: readonly string[]): string {
  return hex(26, cloud.region, ...parts);
}

function checkRole(cloud: Cloud, profile: string, role: string): void {
  const subject = `creating IAM Instance Profile (${profile}): adding role (${role})`;
  if (role !== '') inStep({ subject, action: 'AddRoleToInstanceProfile' }, () => requireRole(cloud, role));
}

const PROFILE_RULES: Rules = {
  noun: 'IAM Instance Profile',
  service: 'IAM',
  global: true,
  actions: {
    create: 'CreateInstanceProfile',
    update: 'AddRoleToInstanceProfile',
    delete: 'DeleteInstanceProfile',
  },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('profile', request));
    if (cloud.find(PROFILE, name) !== undefined)
      throw new AwsError('EntityAlreadyExists', `Instance Profile ${name} already exists.`);
    const path = text(request, 'path') || '/';
    const attributes = filled(request, {
      arn: cloud.arn('iam', `instance-profile${path}${name}`),
      create_date: CREATED,
      name,
      name_prefix: prefixOf(name),
      role: '',
      unique_id: `AIPA${uniqueId(cloud.account, name)}`,
    });
    return { id: name, attributes };
  },
  finish(cloud, { id, attributes }) {
    checkRole(cloud, id, text(attributes, 'role'));
    return attributes;
  },
  update(cloud, { id }, request) {
    checkRole(cloud, id, text(request, 'role'));
    return request;
  },
};

/** The role of instances. AWS lets a profile go that instances have; they lose their right to act then. */
export const instanceProfile: Rules = namedCreation(PROFILE_RULES, (request) => text(request, 'name'));

/** A policy of AWS that a role has. */
export const rolePolicyAttachment: Rules = {
  noun: 'IAM Role Policy Attachment',
  service: 'IAM',
  global: true,
  actions: { create: 'AttachRolePolicy', delete: 'DetachRolePolicy' },
  key: (attributes) => `${text(attributes, 'role')} ${text(attributes, 'policy_arn')}`,
  create(cloud, request) {
    const [role = '', policy = ''] = ['role', 'policy_arn'].map((name) => text(request, name));
    const subject = `attaching IAM Policy (${policy}) to IAM Role (${role})`;
    inStep({ subject, action: 'AttachRolePolicy' }, () => {
      requireRole(cloud, role);
      // AWS's own policies are taken for granted; of the account itself there are none, since they are not simulated.
      if (policy.includes(`:iam::${cloud.account}:`))
        throw new AwsError(
          'NoSuchEntity',
          `Policy ${policy} does not exist or is not attachable.`,
          'The sandbox simulates no policies of the account.',
        );
    });
    return { id: `${role}-${suffixOf(cloud, role, policy)}`, attributes: request };
  },
  imported(_cloud, id) {
    const [role = '', ...rest] = id.split('/');
    const policy_arn = rest.join('/');
    if (role === '' || policy_arn === '')
      throw new LookupError(`unexpected format of ID ("${id}"), expected <role-name>/<policy_arn>`);
    return { id: `${role}-${policy_arn}`, role, policy_arn };
  },
};
