import type { ProjectFile } from '../project-file';
import type { Answers } from '../set-keys';
import { fillTemplate } from './template';

/** The line by which a project's own pipeline gets the jobs. */
export const GITLAB_INCLUDE = 'include:\n  - local: .gitlab/kakehashi.yml\n';

/** The pipelines of GitLab: review, apply, drift. */
export function gitlabFiles(answers: Answers): readonly ProjectFile[] {
  const { terraform = '', branch = '', aws_role, azure_client_id } = answers;
  const { aws_apply_role = aws_role, azure_apply_client_id = azure_client_id } = answers;
  const hasRoles = aws_role !== undefined || azure_client_id !== undefined;
  const parts = {
    terraform,
    branch,
    roles: hasRoles
      ? 'jobs log in with their own token (id_tokens).'
      : 'npx kakehashi init --set aws_role=ARN, or --set azure_client_id=ID, makes jobs log in with their own token.',
    'identity-plan': identity(answers, aws_role, azure_client_id),
    'identity-apply': identity(answers, aws_apply_role, azure_apply_client_id),
  };
  return [
    {
      path: '.gitlab-ci.yml',
      text: `# Written by kakehashi init. Your own jobs can stand here too.\n${GITLAB_INCLUDE}`,
    },
    ...['kakehashi.yml', 'kakehashi-jobs.yml', 'kakehashi-pipeline.mjs'].map((name) => ({
      path: `.gitlab/${name}`,
      text: fillTemplate(`gitlab/${name}`, parts),
    })),
  ];
}

/** The token of a job, and the variables by which Terraform's providers log in with it. */
function identity(answers: Answers, role: string | undefined, client: string | undefined): readonly string[] {
  if (role === undefined && client === undefined) return [];
  return [
    '  id_tokens:',
    ...(role === undefined ? [] : ['    AWS_TOKEN:', '      aud: sts.amazonaws.com']),
    ...(client === undefined ? [] : ['    ARM_OIDC_TOKEN:', '      aud: api://AzureADTokenExchange']),
    '  variables:',
    ...(role === undefined ? [] : [`    AWS_ROLE_ARN: ${role}`]),
    ...(client === undefined
      ? []
      : [
          `    ARM_CLIENT_ID: ${client}`,
          `    ARM_TENANT_ID: ${answers.azure_tenant_id}`,
          `    ARM_SUBSCRIPTION_ID: ${answers.azure_subscription_id}`,
        ]),
  ];
}
