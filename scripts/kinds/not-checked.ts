import { type Finding, noted } from '../report/finding';
import type { CredentialExamination } from './kind';

/** Why a cloud's credentials are not checked; undefined where they are. @param subject - whose credentials */
export function notChecked(
  subject: string,
  { simulated, withheld }: Pick<CredentialExamination, 'simulated' | 'withheld'>,
): Finding | undefined {
  if (simulated) return noted(subject, 'not checked: the sandbox needs none');
  if (withheld)
    return noted(
      subject,
      "not checked: the catalog keeps them in Vault, where they can't be read now (see vault)",
    );
  return undefined;
}
