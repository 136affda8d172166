import type { MailTemplates } from './mail.template.js';

export const FRENCH_MAILS: MailTemplates = {
  confirmation: {
    subject: 'Confirmez votre adresse e-mail',
    text: `Bienvenue chez Gatehouse.

Veuillez confirmer votre adresse en suivant ce lien :

{link}

Il est valable une seule fois, pendant 24 heures. Si vous ne vous êtes pas inscrit, ignorez ce message.`,
  },
  address_taken: {
    subject: 'Vous avez déjà un compte',
    text: `Quelqu’un, sans doute vous, a voulu utiliser cette adresse pour un compte Gatehouse. Elle en a déjà un ; rien n’a donc été modifié.

Connectez-vous avec votre mot de passe. Si vous l’avez oublié, choisissez-en un nouveau ici :

{link}

Le lien est valable une seule fois, pendant 10 minutes. Si ce n’était pas vous, vous n’avez rien à faire.`,
  },
  password_reset: {
    subject: 'Choisissez un nouveau mot de passe',
    text: `Un nouveau mot de passe a été demandé pour votre compte Gatehouse. Choisissez-le ici :

{link}

Le lien est valable une seule fois, pendant 10 minutes. Si vous ne l’avez pas demandé, ignorez ce message : votre mot de passe reste inchangé.`,
  },
  invitation: {
    subject: 'Votre compte est prêt',
    text: `Un compte Gatehouse a été créé pour vous. Choisissez votre mot de passe ici :

{link}

Le lien est valable une seule fois, pendant 10 minutes. Plus tard, demandez-en un nouveau à l’endroit où vous vous connectez : « mot de passe oublié ».`,
  },
  email_change: {
    subject: 'Confirmez votre nouvelle adresse e-mail',
    text: `Votre compte Gatehouse doit utiliser cette adresse. Veuillez la confirmer en suivant ce lien :

{link}

Il est valable une seule fois, pendant 24 heures. Si vous ne l’avez pas demandé, ignorez ce message.`,
  },
  password_changed: {
    subject: 'Votre mot de passe a été modifié',
    text: `Le mot de passe de votre compte Gatehouse vient d’être modifié, et vous avez été déconnecté de vos autres appareils.

Si ce n’était pas vous, choisissez immédiatement un nouveau mot de passe et prévenez-nous.`,
  },
  email_change_requested: {
    subject: 'Votre adresse e-mail va changer',
    text: `Votre compte Gatehouse doit utiliser une autre adresse. Une fois celle-ci confirmée, les messages n’arriveront plus ici.

Si ce n’était pas vous, changez immédiatement votre mot de passe et prévenez-nous.`,
  },
  email_changed: {
    subject: 'Votre adresse e-mail a été modifiée',
    text: `L’adresse de votre compte Gatehouse a été modifiée. Connectez-vous désormais avec la nouvelle.

Si ce n’était pas vous, prévenez-nous immédiatement.`,
  },
  refresh_token_theft: {
    subject: 'Vous avez été déconnecté d’un appareil',
    text: `Une connexion à votre compte Gatehouse a été utilisée à deux endroits, ce qui peut signifier que quelqu’un l’a copiée. Par sécurité, nous y avons mis fin partout.

Veuillez vous reconnecter. Si vous voyez des sessions que vous ne connaissez pas, mettez-y fin et changez votre mot de passe.`,
  },
};
