/** MITRE's terms of use ask for this with every copy (https://attack.mitre.org/resources/legal-and-branding/terms-of-use/, as NOTICE has it, 2026-11-24). */
export const LICENCE =
  '© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation. MITRE ATT&CK® and ATT&CK® are registered trademarks of The MITRE Corporation. Terms of use: https://attack.mitre.org/resources/legal-and-branding/terms-of-use/';
