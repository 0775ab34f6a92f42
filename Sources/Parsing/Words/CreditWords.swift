/// Word lists for recognising picture credits: agencies, labels, name particles.
///
/// The rules are in `splitCredit`. Entries are in lower case, words joined by one space. The
/// agencies are the most frequent ones on saved news pages of forty countries.
enum CreditWords {
  /// News agencies and picture archives; at most four words each.
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

  /// Nouns for the picture that a credit label can begin with.
  static let pictureNouns: Set<String> = [
    "image", "images", "photo", "photos", "picture", "pictures", "photograph", "photographs",
    "photography", "photographer", "photographie", "illustration", "illustrations", "screenshot",
    "screengrab", "graphic", "video", "vídeo", "foto", "fotos", "bild", "bilder", "grafik",
    "abbildung", "fotografie", "fotograf", "montage", "collage", "imagen", "imagem", "imágenes",
    "fotografía", "immagine", "zdjęcie", "zdj.", "fot.", "kuva", "valokuva", "bilde", "foto/video",
    "фото", "写真", "画像", "사진", "图", "圖", "symbolbild", "symbolfoto", "artwork",
    "file photo", "cover", "titelbild", "φωτογραφία", "fotoğraf", "ảnh", "صورة", "תמונה", "צילום",
    "isithombe", "izithombe", "picha", "gambar", "larawan",
  ]

  /// Nouns that make a credit label with or without a picture noun before them: "source", "credit".
  static let sourceNouns: Set<String> = [
    "credit", "credits", "source", "sources", "courtesy", "copyright", "quelle", "quellen",
    "bildquelle", "bildnachweis", "fotoquelle", "fotocredit", "bildrechte", "rechte", "crédit",
    "crédits", "crédito", "créditos", "credito", "crediti", "fuente", "fonte", "bron", "källa",
    "kilde", "źródło", "zdroj", "lähde", "источник", "출처", "来源", "來源", "提供", "urheber",
    "fotocredits", "beeld", "pic", "fotocopyright", "forrás", "kaynak", "πηγή", "rights",
  ]

  /// Lower-case words that can occur inside a credit: particles of names, prepositions, "file".
  static let nameParticles: Set<String> = [
    "and", "und", "et", "y", "e", "en", "og", "och", "via", "for", "of", "de", "del", "della",
    "di", "da", "dos", "do", "van", "von", "der", "den", "zu", "la", "le", "les", "the", "al",
    "el", "bin", "ibn", "ten", "ter", "by", "par", "per", "por", "pour", "für", "file", "archiv",
    "pool", "/", "|", "&", "-", "–", "—", "+", "x", "dpa", "picture", "alliance", "courtesy",
    "images", "imago", "stock", "photo", "foto", "photos", "zvg", "archivo", "archive", "images,",
  ]

  /// Text that sites append to a credit and that is removed from it.
  static let trailingNotices = [
    "all rights reserved", "visa mer", "vis mer", "hide caption", "toggle caption",
    "enlarge this image", "bild vergrößern", "image caption", "less", "read more",
    "alle rechte vorbehalten", "tous droits réservés", "used with permission",
  ]

  /// Prefixes of captions that are written for screen readers.
  static let captionPrefixes = [
    "image caption", "photo caption", "caption", "bildunterschrift", "bildbeschreibung",
    "legende", "légende", "pie de foto", "bilderstrecke", "media caption",
  ]

  /// Labels of buttons over a picture, whose text ends up before or after its caption.
  static let buttonLabels = [
    "hide caption", "toggle caption", "enlarge this image", "open image in lightbox",
    "open image in gallery", "open image in modal", "view image in fullscreen", "view fullscreen",
    "bild vergrößern", "bild in lightbox öffnen", "in lightbox öffnen", "bild anzeigen",
    "vergrößern", "visa mer", "vis mer", "view gallery", "play video", "read more", "show more",
    "agrandir l’image", "ampliar imagen", "ingrandisci", "vergroot afbeelding", "скрыть подпись",
  ]

  /// Whether a line is a credit label without a name.
  static func isLabel(_ line: String) -> Bool {
    let word = line.lowercased()
    return pictureNouns.contains(word) || sourceNouns.contains(word)
  }
}
