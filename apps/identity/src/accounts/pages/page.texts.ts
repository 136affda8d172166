import type { Locale } from '@gatehouse/contracts';

/** What the pages say in one language. */
export interface PageTexts {
  confirmTitle: string;
  confirmText: string;
  confirmButton: string;
  confirmedTitle: string;
  confirmedText: string;
  passwordTitle: string;
  passwordLabel: string;
  passwordHint: string;
  passwordButton: string;
  passwordSetTitle: string;
  passwordSetText: string;
  spentLink: string;
  refusedPassword: string;
  tryAgain: string;
}

/** What the pages say. */
export const PAGE_TEXTS: Readonly<Record<Locale, PageTexts>> = {
  en: {
    confirmTitle: 'Confirm your email address',
    confirmText: 'One more step, and your address is confirmed.',
    confirmButton: 'Confirm',
    confirmedTitle: 'Your address is confirmed',
    confirmedText: 'You can close this page and sign in.',
    passwordTitle: 'Set a new password',
    passwordLabel: 'New password',
    passwordHint:
      'Choose a long one: several words are easy to remember. It must not be made of your address.',
    passwordButton: 'Set password',
    passwordSetTitle: 'Your new password is set',
    passwordSetText: 'You have been signed out everywhere. You can close this page and sign in.',
    spentLink: 'This link is not valid any more. Please ask for a new one.',
    refusedPassword: 'This password is too short, too long, or too easy to guess. Please choose another one.',
    tryAgain: 'That did not work just now. Please try again in a moment.',
  },
  de: {
    confirmTitle: 'E-Mail-Adresse bestätigen',
    confirmText: 'Nur noch ein Schritt, dann ist Ihre Adresse bestätigt.',
    confirmButton: 'Bestätigen',
    confirmedTitle: 'Ihre Adresse ist bestätigt',
    confirmedText: 'Sie können diese Seite schließen und sich anmelden.',
    passwordTitle: 'Neues Passwort setzen',
    passwordLabel: 'Neues Passwort',
    passwordHint:
      'Wählen Sie ein langes: Mehrere Wörter sind leicht zu merken. Es darf nicht aus Ihrer Adresse bestehen.',
    passwordButton: 'Passwort setzen',
    passwordSetTitle: 'Ihr neues Passwort gilt',
    passwordSetText: 'Sie wurden überall abgemeldet. Sie können diese Seite schließen und sich anmelden.',
    spentLink: 'Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.',
    refusedPassword:
      'Dieses Passwort ist zu kurz, zu lang oder zu leicht zu erraten. Bitte wählen Sie ein anderes.',
    tryAgain: 'Das hat gerade nicht geklappt. Bitte versuchen Sie es gleich noch einmal.',
  },
  fr: {
    confirmTitle: 'Confirmer votre adresse e-mail',
    confirmText: 'Encore une étape et votre adresse est confirmée.',
    confirmButton: 'Confirmer',
    confirmedTitle: 'Votre adresse est confirmée',
    confirmedText: 'Vous pouvez fermer cette page et vous connecter.',
    passwordTitle: 'Choisir un nouveau mot de passe',
    passwordLabel: 'Nouveau mot de passe',
    passwordHint:
      'Choisissez-le long : plusieurs mots se retiennent facilement. Il ne doit pas être formé de votre adresse.',
    passwordButton: 'Enregistrer le mot de passe',
    passwordSetTitle: 'Votre nouveau mot de passe est enregistré',
    passwordSetText: 'Vous avez été déconnecté partout. Vous pouvez fermer cette page et vous connecter.',
    spentLink: 'Ce lien n’est plus valable. Veuillez en demander un nouveau.',
    refusedPassword:
      'Ce mot de passe est trop court, trop long ou trop facile à deviner. Veuillez en choisir un autre.',
    tryAgain: 'Cela n’a pas fonctionné. Veuillez réessayer dans un instant.',
  },
  es: {
    confirmTitle: 'Confirmar su dirección de correo',
    confirmText: 'Un paso más y su dirección quedará confirmada.',
    confirmButton: 'Confirmar',
    confirmedTitle: 'Su dirección está confirmada',
    confirmedText: 'Puede cerrar esta página e iniciar sesión.',
    passwordTitle: 'Establecer una nueva contraseña',
    passwordLabel: 'Nueva contraseña',
    passwordHint:
      'Elija una larga: varias palabras son fáciles de recordar. No debe estar formada por su dirección.',
    passwordButton: 'Establecer contraseña',
    passwordSetTitle: 'Su nueva contraseña está establecida',
    passwordSetText: 'Se ha cerrado su sesión en todas partes. Puede cerrar esta página e iniciar sesión.',
    spentLink: 'Este enlace ya no es válido. Solicite uno nuevo.',
    refusedPassword:
      'Esta contraseña es demasiado corta, demasiado larga o demasiado fácil de adivinar. Elija otra.',
    tryAgain: 'No ha funcionado en este momento. Inténtelo de nuevo enseguida.',
  },
  ja: {
    confirmTitle: 'メールアドレスの確認',
    confirmText: '下のボタンを押すと、メールアドレスの確認が完了します。',
    confirmButton: '確認する',
    confirmedTitle: 'メールアドレスを確認しました',
    confirmedText: 'このページを閉じて、ログインしてください。',
    passwordTitle: '新しいパスワードの設定',
    passwordLabel: '新しいパスワード',
    passwordHint:
      '長いものを選んでください。いくつかの単語を並べると覚えやすくなります。メールアドレスから作ったものは使えません。',
    passwordButton: 'パスワードを設定する',
    passwordSetTitle: '新しいパスワードを設定しました',
    passwordSetText: 'すべての端末からログアウトしました。このページを閉じて、ログインしてください。',
    spentLink: 'このリンクはもう使えません。新しいリンクを請求してください。',
    refusedPassword:
      'このパスワードは短すぎる、長すぎる、または推測されやすいため使えません。別のものを選んでください。',
    tryAgain: 'ただいま処理できませんでした。しばらくしてからもう一度お試しください。',
  },
};
