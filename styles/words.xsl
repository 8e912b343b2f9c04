<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- The words of the edition, and the templates they may be. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:w="urn:vadovas:words"
  exclude-result-prefixes="w">

  <xsl:key name="word" match="words/word" use="concat(boolean(ancestor::base), @name)"/>
  <xsl:variable name="english" select="document('words.xml')/w:words"/>

  <!-- a fixed word, as it is -->
  <xsl:template name="word">
    <xsl:param name="name"/>
    <xsl:variable name="own" select="key('word', concat(boolean(ancestor::base), $name))"/>
    <xsl:choose>
      <xsl:when test="$own"><xsl:value-of select="$own"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$english/w:word[@name = $name]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- a word with places: {number} {title} {page} {source} {date} {audience} -->
  <xsl:template name="phrase">
    <xsl:param name="name"/>
    <xsl:param name="number"/>
    <xsl:param name="title"/>
    <xsl:param name="page"/>
    <xsl:variable name="text">
      <xsl:call-template name="word">
        <xsl:with-param name="name" select="$name"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:call-template name="fill">
      <xsl:with-param name="text" select="string($text)"/>
      <xsl:with-param name="number" select="$number"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="page" select="$page"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="fill">
    <xsl:param name="text"/>
    <xsl:param name="number"/>
    <xsl:param name="title"/>
    <xsl:param name="page"/>
    <xsl:choose>
      <xsl:when test="contains($text, '{') and contains(substring-after($text, '{'), '}')">
        <xsl:variable name="rest" select="substring-after($text, '{')"/>
        <xsl:variable name="place" select="substring-before($rest, '}')"/>
        <xsl:variable name="is-counted" select="$place = 'number' or $place = 'page'"/>
        <!-- a number stays on the line of the word it counts -->
        <xsl:variable name="before" select="substring-before($text, '{')"/>
        <xsl:variable name="after" select="substring-after($rest, '}')"/>
        <xsl:choose>
          <xsl:when test="$is-counted and substring($before, string-length($before)) = ' '">
            <xsl:value-of select="concat(substring($before, 1, string-length($before) - 1), '&#xA0;')"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$before"/></xsl:otherwise>
        </xsl:choose>
        <xsl:choose>
          <xsl:when test="$place = 'page'">
            <fo:page-number-citation ref-id="{$page}"/>
          </xsl:when>
          <xsl:when test="$place = 'title'"><xsl:value-of select="$title"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$number"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="$is-counted and starts-with($after, ' ')">&#xA0;</xsl:if>
        <xsl:call-template name="fill">
          <xsl:with-param name="text" select="substring($after, 1 + ($is-counted and starts-with($after, ' ')))"/>
          <xsl:with-param name="number" select="$number"/>
          <xsl:with-param name="title" select="$title"/>
          <xsl:with-param name="page" select="$page"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- an ISO date as the edition's language writes it -->
  <xsl:template name="date">
    <xsl:param name="iso"/>
    <xsl:variable name="form">
      <xsl:call-template name="word">
        <xsl:with-param name="name" select="'date'"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="year" select="substring($iso, 1, 4)"/>
    <xsl:variable name="month" select="substring($iso, 6, 2)"/>
    <xsl:variable name="day" select="substring($iso, 9, 2)"/>
    <xsl:call-template name="date-places">
      <xsl:with-param name="text" select="string($form)"/>
      <xsl:with-param name="year" select="$year"/>
      <xsl:with-param name="month" select="$month"/>
      <xsl:with-param name="day" select="$day"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="date-places">
    <xsl:param name="text"/>
    <xsl:param name="year"/>
    <xsl:param name="month"/>
    <xsl:param name="day"/>
    <xsl:choose>
      <xsl:when test="contains($text, '{')">
        <xsl:value-of select="substring-before($text, '{')"/>
        <xsl:variable name="place" select="substring-before(substring-after($text, '{'), '}')"/>
        <xsl:choose>
          <xsl:when test="$place = 'year'"><xsl:value-of select="$year"/></xsl:when>
          <xsl:when test="$place = 'month'"><xsl:value-of select="$month"/></xsl:when>
          <xsl:when test="$place = 'day'"><xsl:value-of select="$day"/></xsl:when>
        </xsl:choose>
        <xsl:call-template name="date-places">
          <xsl:with-param name="text" select="substring-after($text, '}')"/>
          <xsl:with-param name="year" select="$year"/>
          <xsl:with-param name="month" select="$month"/>
          <xsl:with-param name="day" select="$day"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
