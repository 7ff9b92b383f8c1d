import { TerraformResource, type TerraformResourceLifecycle } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A value that is kept in the state: `terraform_data`, built in to Terraform from 1.4 and OpenTofu from 1.6.
 *
 * It is not cdktf's DataResource: that starts a program, `terraform version`, for each of them in every synthesis, and takes maps alone.
 *
 * @param input - any value of Terraform, or an expression
 */
export function stateRecord(
  scope: Construct,
  id: string,
  input: unknown,
  lifecycle?: TerraformResourceLifecycle,
): TerraformResource {
  const record = new TerraformResource(scope, id, {
    terraformResourceType: 'terraform_data',
    ...(lifecycle === undefined ? {} : { lifecycle }),
  });
  record.addOverride('input', input);
  return record;
}
