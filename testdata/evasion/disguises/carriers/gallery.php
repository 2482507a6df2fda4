<?php
/*
Plugin Name: Theme Kit Gallery
Description: Albums, captions and a lightbox for pictures.
Version: 2.8.1
License: GPLv2 or later
*/

if ( ! defined( 'THEME_KIT_GALLERY_VERSION' ) ) {
	define( 'THEME_KIT_GALLERY_VERSION', '2.8.1' );
}

class Theme_Kit_Picture {
	public $id;
	public $file;
	public $title   = '';
	public $caption = '';
	public $width   = 0;
	public $height  = 0;

	function __construct( $id, $file, $args = array() ) {
		$this->id   = (int) $id;
		$this->file = $file;
		foreach ( array( 'title', 'caption', 'width', 'height' ) as $key ) {
			if ( isset( $args[ $key ] ) ) {
				$this->$key = $args[ $key ];
			}
		}
	}

	function ratio() {
		return $this->height > 0 ? $this->width / $this->height : 1;
	}

	function thumbnail( $size = 150 ) {
		$dot = strrpos( $this->file, '.' );
		return substr( $this->file, 0, $dot ) . '-' . $size . 'x' . $size . substr( $this->file, $dot );
	}

	function html( $size = 150 ) {
		return sprintf(
			'<a class="kit-picture" href="%s" data-id="%d"><img src="%s" alt="%s" width="%d" height="%d"></a>',
			htmlspecialchars( $this->file, ENT_QUOTES ),
			$this->id,
			htmlspecialchars( $this->thumbnail( $size ), ENT_QUOTES ),
			htmlspecialchars( $this->title, ENT_QUOTES ),
			$size,
			round( $size / $this->ratio() )
		);
	}
}

class Theme_Kit_Album {
	var $name;
	var $pictures = array();
	var $columns  = 4;

	function __construct( $name ) {
		$this->name = $name;
	}

	function add( $picture ) {
		$this->pictures[ $picture->id ] = $picture;
		return $this;
	}

	function sort( $by = 'id', $descending = false ) {
		uasort( $this->pictures, create_theme_kit_comparison( $by ) );
		if ( $descending ) {
			$this->pictures = array_reverse( $this->pictures, true );
		}
		return $this;
	}

	function html() {
		$out = '<div class="kit-album kit-columns-' . (int) $this->columns . '">';
		$n   = 0;
		foreach ( $this->pictures as $picture ) {
			if ( $n > 0 && 0 === $n % $this->columns ) {
				$out .= '<br class="kit-break">';
			}
			$out .= $picture->html();
			if ( '' !== $picture->caption ) {
				$out .= '<p class="kit-caption">' . htmlspecialchars( $picture->caption ) . '</p>';
			}
			$n++;
		}
		return $out . '</div>';
	}
}

function create_theme_kit_comparison( $by ) {
	return function ( $a, $b ) use ( $by ) {
		if ( is_numeric( $a->$by ) && is_numeric( $b->$by ) ) {
			return $a->$by - $b->$by;
		}
		return strcasecmp( $a->$by, $b->$by );
	};
}

/*HERE*/

function theme_kit_gallery_attributes( $text ) {
	$out = array();
	if ( preg_match_all( '/(\w+)\s*=\s*"([^"]*)"/', $text, $found, PREG_SET_ORDER ) ) {
		foreach ( $found as $pair ) {
			$out[ strtolower( $pair[1] ) ] = $pair[2];
		}
	}
	return $out;
}

function theme_kit_gallery_shortcode( $attributes ) {
	$attributes = array_merge( array( 'name' => 'default', 'columns' => 4, 'sort' => 'id', 'order' => 'asc' ), (array) $attributes );
	$album      = new Theme_Kit_Album( $attributes['name'] );

	$album->columns = max( 1, min( 9, (int) $attributes['columns'] ) );
	foreach ( theme_kit_gallery_pictures( $attributes['name'] ) as $id => $row ) {
		$album->add( new Theme_Kit_Picture( $id, $row['file'], $row ) );
	}
	return $album->sort( $attributes['sort'], 'desc' === $attributes['order'] )->html();
}

function theme_kit_gallery_pictures( $name ) {
	if ( function_exists( 'get_option' ) ) {
		$albums = get_option( 'theme_kit_albums', array() );
		return isset( $albums[ $name ] ) ? $albums[ $name ] : array();
	}
	return array();
}

function theme_kit_gallery_sizes( $sizes ) {
	$sizes['kit-small'] = array( 'width' => 150, 'height' => 150, 'crop' => true );
	$sizes['kit-wide']  = array( 'width' => 1200, 'height' => 600, 'crop' => true );
	return $sizes;
}

if ( function_exists( 'add_shortcode' ) ) {
	add_shortcode( 'kit_gallery', 'theme_kit_gallery_shortcode' );
	add_filter( 'intermediate_image_sizes_advanced', 'theme_kit_gallery_sizes' );
}
