/** What a person should do about a line that Meta stopped with this code. */
export function hintFor(metaCode: number | undefined): string {
  switch (metaCode) {
    case 0:
    case 190:
      return 'The access token is bad or expired: put a new one into the setting that the line names, and restart.';
    case 368:
    case 130497:
    case 131031:
    case 131037:
      return 'The account or number is restricted: see WhatsApp Manager > Account quality.';
    case 131042:
    case 131044:
      return 'Meta wants a payment method: see WhatsApp Manager > Payment settings.';
    case 131045:
    case 133010:
      return 'The number is not registered with the Cloud API: register it, then wait for the next try.';
    case 131048:
    case 131064:
      return 'Meta limits this number for its quality: see WhatsApp Manager > Phone numbers before sending more.';
    default:
      return 'Check token, permissions and registration of the number: npm run doctor';
  }
}
