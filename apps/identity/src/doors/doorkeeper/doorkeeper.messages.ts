import type { Locale, OAuthErrorCode } from '@gatehouse/contracts';

/** The words that older clients match on. */
export type ResponseCode =
  | 'custom.success.default'
  | `devise.failure.${'invalid' | 'unconfirmed' | 'password_reset_required' | 'inactive' | 'locked'}`
  | `doorkeeper.errors.messages.${OAuthErrorCode}`;

/** What a person reads with each code. */
export const MESSAGES: Record<ResponseCode, Record<Locale, string>> = {
  'custom.success.default': {
    en: 'Done.',
    de: 'Erledigt.',
    fr: 'C’est fait.',
    es: 'Hecho.',
    ja: '完了しました。',
  },
  'devise.failure.invalid': {
    en: 'The email address or the password is wrong.',
    de: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
    fr: 'L’adresse e-mail ou le mot de passe est incorrect.',
    es: 'El correo electrónico o la contraseña no son correctos.',
    ja: 'メールアドレスまたはパスワードが正しくありません。',
  },
  'devise.failure.unconfirmed': {
    en: 'Confirm your email address first.',
    de: 'Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse.',
    fr: 'Veuillez d’abord confirmer votre adresse e-mail.',
    es: 'Primero confirme su correo electrónico.',
    ja: '先にメールアドレスを確認してください。',
  },
  'devise.failure.password_reset_required': {
    en: 'Set a new password first: ask for a reset link.',
    de: 'Bitte setzen Sie zuerst ein neues Passwort: Fordern Sie einen Link dafür an.',
    fr: 'Veuillez d’abord choisir un nouveau mot de passe : demandez un lien de réinitialisation.',
    es: 'Primero elija una contraseña nueva: pida un enlace para restablecerla.',
    ja: '先に新しいパスワードを設定してください。再設定用のリンクを請求できます。',
  },
  'devise.failure.inactive': {
    en: 'This account is disabled.',
    de: 'Dieses Konto ist gesperrt.',
    fr: 'Ce compte est désactivé.',
    es: 'Esta cuenta está desactivada.',
    ja: 'このアカウントは無効になっています。',
  },
  'devise.failure.locked': {
    en: 'Too many attempts. Try again later.',
    de: 'Zu viele Versuche. Bitte versuchen Sie es später erneut.',
    fr: 'Trop de tentatives. Veuillez réessayer plus tard.',
    es: 'Demasiados intentos. Vuelva a intentarlo más tarde.',
    ja: '試行回数が多すぎます。しばらくしてからもう一度お試しください。',
  },
  'doorkeeper.errors.messages.invalid_request': {
    en: 'The request is incomplete or cannot be read.',
    de: 'Die Anfrage ist unvollständig oder nicht lesbar.',
    fr: 'La requête est incomplète ou illisible.',
    es: 'La solicitud está incompleta o no se puede leer.',
    ja: 'リクエストが不完全か、読み取れません。',
  },
  'doorkeeper.errors.messages.invalid_client': {
    en: 'The app could not prove who it is.',
    de: 'Die App konnte sich nicht ausweisen.',
    fr: 'L’application n’a pas pu s’identifier.',
    es: 'La aplicación no pudo identificarse.',
    ja: 'アプリを認証できませんでした。',
  },
  'doorkeeper.errors.messages.invalid_grant': {
    en: 'This sign-in is no longer valid. Sign in again.',
    de: 'Diese Anmeldung ist nicht mehr gültig. Bitte melden Sie sich erneut an.',
    fr: 'Cette connexion n’est plus valable. Veuillez vous reconnecter.',
    es: 'Esta sesión ya no es válida. Vuelva a iniciar sesión.',
    ja: 'このログインは無効になりました。もう一度ログインしてください。',
  },
  'doorkeeper.errors.messages.unauthorized_client': {
    en: 'The app may not do this.',
    de: 'Die App darf das nicht.',
    fr: 'L’application n’y est pas autorisée.',
    es: 'La aplicación no está autorizada para esto.',
    ja: 'アプリにはこの操作の権限がありません。',
  },
  'doorkeeper.errors.messages.unsupported_grant_type': {
    en: 'This way to sign in is not offered here.',
    de: 'Diese Art der Anmeldung wird hier nicht angeboten.',
    fr: 'Ce mode de connexion n’est pas proposé ici.',
    es: 'Esta forma de iniciar sesión no se ofrece aquí.',
    ja: 'このログイン方法はここでは使えません。',
  },
  'doorkeeper.errors.messages.invalid_scope': {
    en: 'The app asks for more than it may have.',
    de: 'Die App verlangt mehr, als sie haben darf.',
    fr: 'L’application demande plus que ce à quoi elle a droit.',
    es: 'La aplicación pide más de lo permitido.',
    ja: 'アプリが許可されていない範囲を求めています。',
  },
  'doorkeeper.errors.messages.invalid_target': {
    en: 'The service that is asked for is unknown.',
    de: 'Der gewünschte Dienst ist unbekannt.',
    fr: 'Le service demandé est inconnu.',
    es: 'El servicio solicitado es desconocido.',
    ja: '指定されたサービスは存在しません。',
  },
  'doorkeeper.errors.messages.invalid_token': {
    en: 'You are not signed in, or no longer.',
    de: 'Sie sind nicht oder nicht mehr angemeldet.',
    fr: 'Vous n’êtes pas ou plus connecté.',
    es: 'No ha iniciado sesión o la sesión ha terminado.',
    ja: 'ログインしていないか、ログインが無効になりました。',
  },
  'doorkeeper.errors.messages.temporarily_unavailable': {
    en: 'This does not work right now. Try again shortly.',
    de: 'Das geht gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
    fr: 'Cela ne fonctionne pas pour le moment. Veuillez réessayer bientôt.',
    es: 'Esto no funciona en este momento. Vuelva a intentarlo en breve.',
    ja: '現在ご利用いただけません。少し待ってからもう一度お試しください。',
  },
  'doorkeeper.errors.messages.server_error': {
    en: 'Something went wrong on our side.',
    de: 'Bei uns ist etwas schiefgegangen.',
    fr: 'Une erreur est survenue de notre côté.',
    es: 'Algo ha fallado por nuestra parte.',
    ja: 'サーバー側で問題が発生しました。',
  },
};
