/** Whether an AppRole can only log in with a wrapped secret id, which can be unwrapped once, and the apply needs it. */
export function opensOnce({
  VAULT_SECRET_ID = '',
  VAULT_WRAPPED_SECRET_ID = '',
}: NodeJS.ProcessEnv): boolean {
  return VAULT_SECRET_ID === '' && VAULT_WRAPPED_SECRET_ID !== '';
}
