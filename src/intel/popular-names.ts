/**
 * Names that every network asks for and that no adversary owns: written by hand on 2026-11-24, the services that everyone
 * knows. Each stands for itself and its `www.`; other names below them may well be a customer's.
 */
const names = `
google.com accounts.google.com docs.google.com drive.google.com mail.google.com play.google.com
googleapis.com www.googleapis.com storage.googleapis.com fonts.googleapis.com gstatic.com fonts.gstatic.com
google-analytics.com googletagmanager.com googleusercontent.com youtube.com
microsoft.com microsoftonline.com login.microsoftonline.com windowsupdate.com update.microsoft.com
office.com outlook.office365.com office365.com onedrive.live.com live.com login.live.com bing.com azure.com
graph.microsoft.com teams.microsoft.com sharepoint.com windows.net
apple.com icloud.com swcdn.apple.com amazon.com amazonaws.com aws.amazon.com
cloudflare.com dash.cloudflare.com akamai.com fastly.com
github.com api.github.com gist.github.com raw.githubusercontent.com githubusercontent.com gitlab.com bitbucket.org
npmjs.com registry.npmjs.org pypi.org docker.com
facebook.com instagram.com whatsapp.com twitter.com x.com linkedin.com reddit.com tiktok.com
telegram.org api.telegram.org t.me discord.com slack.com zoom.us dropbox.com
wikipedia.org mozilla.org adobe.com paypal.com netflix.com ebay.com
pastebin.com virustotal.com digicert.com letsencrypt.org
`;

/** The names, normalised. */
export const popularNames: ReadonlySet<string> = new Set(names.trim().split(/\s+/));

/** Whether `host` is one of the names or the `www.` of one. */
export function isPopular(host: string): boolean {
  return popularNames.has(host) || (host.startsWith('www.') && popularNames.has(host.slice(4)));
}
