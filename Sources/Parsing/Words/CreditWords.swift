/// The words by which a caption names who made its picture: agencies, labels, joiners.
///
/// Lists, not rules: `splitCredit` decides. Entries are lower-case words joined by one space;
/// the agencies are those that saved news pages of forty countries name most.
enum CreditWords {
  /// Names of agencies and picture archives of at most three words.
  static let agencies: Set<String> = [
    "ap", "ap photo", "associated press", "afp", "afptv", "reuters", "getty", "getty images",
    "gettyimages", "epa", "epa-efe", "efe", "ansa", "dpa", "pa", "pa wire", "pa images", "tt",
    "ntb", "keystone", "apa", "anp", "belga", "xinhua", "tass", "sputnik", "vcg", "anadolu",
    "anadolu agency", "imago", "imago images", "picture alliance", "picture-alliance", "alamy",
    "shutterstock", "istock", "istockphoto", "bloomberg", "zuma", "sipa", "sipa usa", "nurphoto",
    "aap", "cbc", "yonhap", "kyodo", "unsplash", "pexels", "pixabay", "wikimedia", "nasa", "esa",
    "wikimedia commons", "handout", "submitted", "supplied", "upi", "pti", "ani", "europa press",
    "lusa", "ritzau", "scanpix", "lehtikuva", "pap", "ctk", "čtk", "mti", "agerpres", "interfax",
    "ria novosti", "afp via getty images", "adobe stock", "adobestock", "depositphotos",
    "dreamstime", "canadian press", "the canadian press", "press association", "usa today",
    "usa today sports", "imagn images", "zvg", "zvg.", "rex features", "rex", "magnum photos",
    "hans lucas", "contacto", "maxppp", "abaca", "action images", "eyevine", "national geographic",
    "ddp", "epd", "kna", "bildagentur", "laif", "ullstein", "ullstein bild", "akg-images",
    "bridgeman images", "polaris", "redux", "backgrid", "splash", "wenn", "mirrorpix", "swns",
    "jam press", "kyodo news", "jiji", "newscom", "cnp", "polfoto", "ostkreuz", "stringer",
    "agenzia fotogramma", "lapresse", "fotogramma", "연합뉴스", "뉴시스", "뉴스1", "新華社", "共同",
  ]

  /// What a label begins with: the picture, or the giving of credit.
  static let kinds: Set<String> = [
    "image", "images", "photo", "photos", "picture", "pictures", "photograph", "photographs",
    "photography", "photographer", "photographie", "illustration", "illustrations", "screenshot",
    "screengrab", "graphic", "video", "vídeo", "foto", "fotos", "bild", "bilder", "grafik",
    "abbildung", "fotografie", "fotograf", "montage", "collage", "imagen", "imagem", "imágenes",
    "fotografía", "immagine", "zdjęcie", "zdj.", "fot.", "kuva", "valokuva", "bilde", "foto/video",
    "фото", "写真", "画像", "사진", "图", "圖", "symbolbild", "symbolfoto", "artwork",
    "file photo", "cover", "titelbild", "φωτογραφία", "fotoğraf", "ảnh", "صورة", "תמונה", "צילום",
    "isithombe", "izithombe", "picha", "gambar", "larawan",
  ]

  /// Words that give credit by themselves, with or without a kind before them.
  static let givers: Set<String> = [
    "credit", "credits", "source", "sources", "courtesy", "copyright", "quelle", "quellen",
    "bildquelle", "bildnachweis", "fotoquelle", "fotocredit", "bildrechte", "rechte", "crédit",
    "crédits", "crédito", "créditos", "credito", "crediti", "fuente", "fonte", "bron", "källa",
    "kilde", "źródło", "zdroj", "lähde", "источник", "출처", "来源", "來源", "提供", "urheber",
    "fotocredits", "beeld", "pic", "fotocopyright", "forrás", "kaynak", "πηγή", "rights",
  ]

  /// Small words that may stand inside a credit without making it prose.
  static let joiners: Set<String> = [
    "and", "und", "et", "y", "e", "en", "og", "och", "via", "for", "of", "de", "del", "della",
    "di", "da", "dos", "do", "van", "von", "der", "den", "zu", "la", "le", "les", "the", "al",
    "el", "bin", "ibn", "ten", "ter", "by", "par", "per", "por", "pour", "für", "file", "archiv",
    "pool", "/", "|", "&", "-", "–", "—", "+", "x", "dpa", "picture", "alliance", "courtesy",
    "images", "imago", "stock", "photo", "foto", "photos", "zvg", "archivo", "archive", "images,",
  ]

  /// What pages hang behind a credit, which is none of it.
  static let tails = [
    "all rights reserved", "visa mer", "vis mer", "hide caption", "toggle caption",
    "enlarge this image", "bild vergrößern", "image caption", "less", "read more",
    "alle rechte vorbehalten", "tous droits réservés", "used with permission",
  ]

  /// What pages put before a caption for those who hear it read.
  static let leads = [
    "image caption", "photo caption", "caption", "bildunterschrift", "bildbeschreibung",
    "legende", "légende", "pie de foto", "bilderstrecke", "media caption",
  ]

  /// What buttons over a picture say, which ends up before or behind its caption.
  static let buttons = [
    "hide caption", "toggle caption", "enlarge this image", "open image in lightbox",
    "open image in gallery", "open image in modal", "view image in fullscreen", "view fullscreen",
    "bild vergrößern", "bild in lightbox öffnen", "in lightbox öffnen", "bild anzeigen",
    "vergrößern", "visa mer", "vis mer", "view gallery", "play video", "read more", "show more",
    "agrandir l’image", "ampliar imagen", "ingrandisci", "vergroot afbeelding", "скрыть подпись",
  ]

  /// Whether a line is a label alone, whose name stands elsewhere.
  static func isLabel(_ line: String) -> Bool {
    let word = line.lowercased()
    return kinds.contains(word) || givers.contains(word)
  }
}
