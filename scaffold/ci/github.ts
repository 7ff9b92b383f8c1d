import type { ProjectFile } from '../project-file';
import type { Answers } from '../set-keys';
import { ACTION_TEXTS, actionText } from './actions';
import { fillTemplate } from './template';

const WORKFLOWS = [
  'kakehashi-review',
  'kakehashi-fork',
  'kakehashi-fork-post',
  'kakehashi-apply',
  'kakehashi-drift',
] as const;

/** The workflows of GitHub: review, the two for forks, apply, drift. */
export function githubFiles(answers: Answers): readonly ProjectFile[] {
  const { terraform = '', branch = '', aws_role, azure_client_id } = answers;
  const { aws_apply_role = aws_role, azure_apply_client_id = azure_client_id } = answers;
  const parts = {
    ...ACTION_TEXTS,
    terraform,
    branch,
    'credentials-plan': awsLogin('it reads', 'aws_role', aws_role, answers.region),
    'credentials-apply': awsLogin('it builds', 'aws_apply_role', aws_apply_role, answers.region),
    'env-plan': azureLogin(answers, azure_client_id),
    'env-apply': azureLogin(answers, azure_apply_client_id),
  };
  return WORKFLOWS.map((name) => ({
    path: `.github/workflows/${name}.yml`,
    text: fillTemplate(`github/${name}.yml`, parts),
  }));
}

/** The step that takes a role of AWS on; as a comment where there is no role. */
function awsLogin(does: string, key: string, role: string | undefined, region = ''): readonly string[] {
  const step = [
    `- name: Log in at AWS`,
    `  uses: ${actionText('aws-credentials')}`,
    '  with:',
    `    role-to-assume: ${role ?? 'ARN'}`,
    `    aws-region: ${/^[a-z]{2}-/.test(region) ? region : 'us-east-1'}`,
  ];
  if (role !== undefined) return step.map((line) => `      ${line}`);
  return [
    `      # AWS: with a role (${does}; docs/ci.md), npx kakehashi init --set ${key}=ARN makes this a step.`,
    ...step.map((line) => `      # ${line}`),
  ];
}

/** The variables with which Terraform's provider logs in at Azure by the token of the job. */
function azureLogin(answers: Answers, client: string | undefined): readonly string[] {
  if (client === undefined) return [];
  return [
    '    env:',
    `      ARM_CLIENT_ID: ${client}`,
    `      ARM_TENANT_ID: ${answers.azure_tenant_id}`,
    `      ARM_SUBSCRIPTION_ID: ${answers.azure_subscription_id}`,
  ];
}
