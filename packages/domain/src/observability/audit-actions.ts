/** What an audit entry of each kind says, after the name of who did it. */
const labels: Readonly<Record<string, string>> = {
  'run.created': 'created the run',
  'run.start_refused': 'was refused a start',
  'run.start_deduped': 'asked for work that was already active',
  'run.cancel_requested': 'asked to cancel the run',
  'run.cancelled': 'cancelled the run before it began',
  'run.cancel_too_late': 'was asked to cancel when all work was done',
  'run.force_cancelled': 'ended the run by force',
  'run.finished': 'ended the run',
  'bulk_action.created': 'asked for a bulk action',
  'bulk_action.aborted': 'stopped a bulk action',
  'bootstrap.started': 'started the bootstrap of a tenant',
  'bootstrap.aborted': 'stopped the bootstrap of a tenant',
  'bootstrap.failed': 'ended a bootstrap without its success',
  'onboarding.opened': 'opened the onboarding of a tenant',
  'onboarding.locked': 'began to edit the onboarding of a tenant',
  'onboarding.taken_over': 'took over the onboarding of a tenant from somebody who was editing it',
  'onboarding.released': 'stopped editing the onboarding of a tenant',
  'onboarding.changed': 'changed the onboarding of a tenant',
  'onboarding.draft_kept': 'typed in an onboarding when it was not theirs to edit, which was kept for them',
  'onboarding.draft_restored': 'put back what was kept of their typing',
  'onboarding.draft_dismissed': 'let go of what was kept of their typing',
  'onboarding.abandoned': 'abandoned the onboarding of a tenant',
  'onboarding.completed': 'completed the onboarding of a tenant',
  'connection.created': 'added a provider connection',
  'connection.renamed': 'renamed a provider connection',
  'connection.made_default': 'made a provider connection the default',
  'connection.disabled': 'disabled a provider connection',
  'connection.enabled': 'enabled a provider connection',
  'connection.credential_rotated': 'gave a provider connection a new credential',
  'consent.requested': 'asked an administrator for consent',
  'consent.returned': 'came back from the page of consent',
  'tenant.created': 'added a tenant',
  'tenant.renamed': 'renamed a tenant',
  'backup_set.created': 'created a backup set',
  'batch.created': 'started a batch',
  'batch.cancelled': 'cancelled a batch',
  'batch.finished': 'saw a batch end',
  'saved_view.created': 'saved a view',
  'saved_view.changed': 'changed a saved view',
  'saved_view.deleted': 'deleted a saved view',
  'workspace.created': 'created the workspace',
  'workspace.renamed': 'renamed the workspace',
  'workspace.tier_changed': 'changed the tier',
  'member.changed': 'changed a member',
  'member.removed': 'removed a member',
  'member.joined': 'joined the workspace',
  'invitation.created': 'invited somebody',
  'invitation.revoked': 'took an invitation back',
  'api_key.created': 'made an API key',
  'api_key.rotated': 'gave an API key a new secret',
  'api_key.revoked': 'revoked an API key',
  'account.signed_in': 'signed in',
  'account.sign_in_refused': 'was refused a sign-in',
  'account.mfa_offered': 'began to enrol a second factor',
  'account.mfa_enabled': 'enabled their second factor',
  'account.mfa_disabled': 'disabled their second factor',
  'account.recovery_codes_replaced': 'replaced their recovery codes',
  'account.stepped_up': 'gave a fresh code',
  'account.code_refused': 'gave a code that was refused',
  'account.signed_out': 'signed out',
  'account.session_revoked': 'ended one of their sessions',
  'account.sessions_revoked': 'ended their other sessions',
  'account.token_reused': 'showed a token that had been replaced; the session was ended',
  'account.password_changed': 'changed their password',
  'account.set_up': 'set Signalbox up as its first owner',
  'signing_key.rotated': 'made a new key for access tokens',
  'secrets.rotated': 'sealed secrets anew with the present envelope key',
  'signing_key.revoked': 'revoked the keys of access tokens',
};

/** Every action this version writes, in the order of the catalogue. */
export const auditActions: readonly string[] = Object.keys(labels);

/** Whether this version has words for an action. */
export function isKnownAction(action: string): boolean {
  return Object.hasOwn(labels, action);
}

/** An audit action in plain words. One that this version does not know is told by its own word, never left out. */
export function auditLabel(action: string): string {
  return Object.hasOwn(labels, action) ? (labels[action] ?? action) : action.replaceAll(/[._]/g, ' ');
}
