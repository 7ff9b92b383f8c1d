import { filled, objects, text, texts } from '../provider/attributes';
import { AwsError, inStep } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { generatedName, prefixOf } from './generated-name';
import { uniqueId } from './generated-text';
import { CREATED, requireRole } from './iam-roles';
import type { Rules } from './rules';

export const role: Rules = {
  noun: 'IAM Role',
  service: 'IAM',
  global: true,
  actions: { update: 'UpdateRole' },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('role', request));
    if (cloud.find('aws_iam_role', name) !== undefined) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`);
    }
    const attributes = filled(request, {
      arn: cloud.arn('iam', `role${text(request, 'path') || '/'}${name}`),
      create_date: CREATED,
      managed_policy_arns: [],
      name,
      name_prefix: prefixOf(name),
      unique_id: `AROA${uniqueId(cloud.account, name)}`,
    });
    return { id: name, attributes };
  },
  // Amazon's own policies are taken for granted; of the account itself there are none, since they are not simulated.
  finish(cloud, { id, attributes }, request) {
    for (const arn of texts(request, 'managed_policy_arns')) {
      const subject = `creating IAM Role (${id}): attaching IAM Policy (${arn}) to IAM Role (${id})`;
      inStep({ subject, action: 'AttachRolePolicy' }, () => {
        if (arn.includes(`:iam::${cloud.account}:`))
          throw new AwsError(
            'NoSuchEntity',
            `Policy ${arn} does not exist or is not attachable.`,
            'The sandbox simulates no policies of the account.',
          );
      });
    }
    return attributes;
  },
  remove(cloud, { id, attributes }) {
    const policies = policiesOf(cloud, id);
    if (policies.length > 0 && attributes.force_detach_policies !== true) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
    }
    const attached = attachmentsOf(cloud, id);
    if (attached.length > 0 && attributes.force_detach_policies !== true)
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    for (const policy of [...policies, ...attached]) cloud.remove(policy.type, policy.id);
    // IAM refuses a role that an instance profile has, so the provider takes it out of the profiles first.
    for (const profile of cloud.all('aws_iam_instance_profile'))
      if (text(profile.attributes, 'role') === id)
        cloud.put(profile.type, profile.id, { ...profile.attributes, role: '' });
  },
  // The real provider's refresh also lists the policies of aws_iam_role_policy and aws_iam_role_policy_attachment resources here.
  derive: (cloud, { id, attributes }) => ({
    managed_policy_arns: [
      ...new Set([
        ...texts(attributes, 'managed_policy_arns'),
        ...attachmentsOf(cloud, id).map((attached) => text(attached.attributes, 'policy_arn')),
      ]),
    ],
    inline_policy: [
      ...objects(attributes, 'inline_policy'),
      ...policiesOf(cloud, id).map((policy) => ({
        name: text(policy.attributes, 'name'),
        policy: text(policy.attributes, 'policy'),
      })),
    ],
  }),
};

function policiesOf(cloud: Cloud, role: string): readonly CloudObject[] {
  return cloud.all('aws_iam_role_policy').filter(({ attributes }) => text(attributes, 'role') === role);
}

function attachmentsOf(cloud: Cloud, role: string): readonly CloudObject[] {
  return cloud
    .all('aws_iam_role_policy_attachment')
    .filter(({ attributes }) => text(attributes, 'role') === role);
}

export const rolePolicy: Rules = {
  noun: 'IAM Role Policy',
  service: 'IAM',
  global: true,
  actions: { create: 'PutRolePolicy', update: 'PutRolePolicy', delete: 'DeleteRolePolicy' },
  create(cloud, request) {
    const roleName = text(request, 'role');
    requireRole(cloud, roleName);
    const name = generatedName(cloud, request, cloud.newId('policy', request));
    return { id: `${roleName}:${name}`, attributes: filled(request, { name, name_prefix: prefixOf(name) }) };
  },
};
