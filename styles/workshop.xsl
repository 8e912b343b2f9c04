<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- Chapters of the manual as the booklet of a workshop, for a participant or
     the trainer: title page, what the imprint adds, pages for notes, references
     to chapters that it has not. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <xsl:variable name="copy" select="string(/document/workshop/@copy)"/>

  <!-- ============ what is said of the workshop ============ -->

  <!-- for whom, where, in what languages; forms say it, too -->
  <xsl:template match="workshop" mode="facts">
    <fo:block role="P">
      <xsl:call-template name="phrase">
        <xsl:with-param name="name" select="'audience'"/>
        <xsl:with-param name="number">
          <xsl:call-template name="words">
            <xsl:with-param name="prefix" select="'audience-'"/>
            <xsl:with-param name="rest" select="normalize-space(@audience)"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </fo:block>
    <xsl:call-template name="coded">
      <xsl:with-param name="one" select="'country'"/>
      <xsl:with-param name="many" select="'countries'"/>
      <xsl:with-param name="codes" select="normalize-space(@countries)"/>
    </xsl:call-template>
    <xsl:call-template name="coded">
      <xsl:with-param name="one" select="'language'"/>
      <xsl:with-param name="many" select="'languages'"/>
      <xsl:with-param name="codes" select="normalize-space(@languages)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="coded">
    <xsl:param name="one"/>
    <xsl:param name="many"/>
    <xsl:param name="codes"/>
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="contains($codes, ' ')"><xsl:value-of select="$many"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$one"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fo:block role="P">
      <xsl:call-template name="phrase">
        <xsl:with-param name="name" select="string($name)"/>
        <xsl:with-param name="title">
          <xsl:call-template name="words">
            <xsl:with-param name="prefix" select="concat($one, '-')"/>
            <xsl:with-param name="rest" select="$codes"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- ============ title page and imprint ============ -->

  <xsl:template match="edition[../workshop]" mode="title-page">
    <xsl:call-template name="cover">
      <xsl:with-param name="mark">
        <xsl:if test="../workshop/@sample = 'yes'">
          <xsl:call-template name="word"><xsl:with-param name="name" select="'sample'"/></xsl:call-template>
        </xsl:if>
      </xsl:with-param>
      <xsl:with-param name="title"><xsl:value-of select="../workshop/title"/></xsl:with-param>
      <xsl:with-param name="below">
        <xsl:call-template name="word"><xsl:with-param name="name" select="$copy"/></xsl:call-template>
      </xsl:with-param>
      <xsl:with-param name="facts"><xsl:apply-templates select="../workshop" mode="facts"/></xsl:with-param>
      <xsl:with-param name="foot">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'extract'"/>
          <xsl:with-param name="title" select="concat(title, '. ', subtitle)"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="extract">
    <xsl:if test="$copy != ''">
      <fo:block font-weight="700" role="P"><xsl:value-of select="/document/workshop/title"/></fo:block>
      <fo:block role="P">
        <xsl:call-template name="word"><xsl:with-param name="name" select="$copy"/></xsl:call-template>
      </fo:block>
      <fo:block role="P" space-after="6pt">
        <xsl:call-template name="word"><xsl:with-param name="name" select="'extract-numbers'"/></xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- beside the page number, so that loose sheets find home -->
  <xsl:template name="copy-mark">
    <xsl:param name="align"/>
    <fo:inline color="{$ink-grey}">
      <xsl:choose>
        <xsl:when test="$align = 'end'"><xsl:value-of select="/document/workshop/title"/></xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="word"><xsl:with-param name="name" select="$copy"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </fo:inline>
  </xsl:template>

  <!-- ============ chapters that it has not ============ -->

  <xsl:template match="chapter[@omitted]" priority="1"/>

  <xsl:template match="xref[key('id', @ref)/ancestor::chapter/@omitted]" priority="1">
    <xsl:if test="node()">
      <xsl:apply-templates/>
      <xsl:text> (</xsl:text>
    </xsl:if>
    <xsl:for-each select="key('id', @ref)[1]">
      <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
      <xsl:variable name="name">
        <xsl:choose>
          <xsl:when test="string($number) = ''">manual-front</xsl:when>
          <xsl:when test="@level = 1 and ancestor::chapter/@role = 'annex'">manual-annex</xsl:when>
          <xsl:when test="@level = 1">manual-chapter</xsl:when>
          <xsl:otherwise>manual-section</xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:call-template name="phrase">
        <xsl:with-param name="name" select="string($name)"/>
        <xsl:with-param name="number" select="$number"/>
        <!-- what has no number is known by its chapter -->
        <xsl:with-param name="title">
          <xsl:choose>
            <xsl:when test="string($number) = ''"><xsl:apply-templates select="ancestor::chapter/heading[1]" mode="plain"/></xsl:when>
            <xsl:otherwise><xsl:apply-templates select="." mode="plain"/></xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:if test="node()"><xsl:text>)</xsl:text></xsl:if>
  </xsl:template>
  <!-- words alone: they lead to nothing here -->
  <xsl:template match="link[starts-with(@href, '#')][key('id', substring(@href, 2))/ancestor::chapter/@omitted]"
    priority="1">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- ============ pages for notes ============ -->

  <!-- After each chapter of a handout: a page of lines, or two, so that none is
       blank.  The lines are furniture and stand on the second, too, which has
       no text. -->
  <xsl:template name="notes-masters">
    <xsl:call-template name="master">
      <xsl:with-param name="name" select="'notes-recto'"/>
      <xsl:with-param name="after" select="'recto-after'"/>
      <xsl:with-param name="before-extent" select="concat($page-height, ' - ', $bottom)"/>
      <xsl:with-param name="before-align" select="'before'"/>
    </xsl:call-template>
    <xsl:call-template name="master">
      <xsl:with-param name="name" select="'notes-verso'"/>
      <xsl:with-param name="left" select="$outer"/>
      <xsl:with-param name="right" select="$inner"/>
      <xsl:with-param name="after" select="'verso-after'"/>
      <xsl:with-param name="before-extent" select="concat($page-height, ' - ', $bottom)"/>
      <xsl:with-param name="before-align" select="'before'"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="notes-sequence">
    <fo:page-sequence-master master-name="notes">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference master-reference="notes-recto" odd-or-even="odd"/>
        <fo:conditional-page-master-reference master-reference="notes-verso" odd-or-even="even"/>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <xsl:template name="notes">
    <fo:page-sequence master-reference="notes" initial-page-number="auto"
      force-page-count="end-on-even" role="Part">
      <xsl:call-template name="furniture"/>
      <xsl:call-template name="lines">
        <xsl:with-param name="region" select="'notes-recto-before'"/>
        <xsl:with-param name="align" select="'end'"/>
      </xsl:call-template>
      <xsl:call-template name="lines">
        <xsl:with-param name="region" select="'notes-verso-before'"/>
        <xsl:with-param name="align" select="'start'"/>
      </xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <fo:block xsl:use-attribute-sets="heading" role="H2" font-size="13.5pt" line-height="16pt"
          color="{$ink-accent}" id="{@id}.notes">
          <xsl:call-template name="word"><xsl:with-param name="name" select="'own-notes'"/></xsl:call-template>
        </fo:block>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>
  <!-- the running head where the others have it, lines from below the title -->
  <xsl:template name="lines">
    <xsl:param name="region"/>
    <xsl:param name="align"/>
    <fo:static-content flow-name="{$region}" role="artifact">
      <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" color="{$ink-grey}" text-align="{$align}"
        hyphenate="false" space-before="{$head} + 10pt - 11.5pt" space-before.conditionality="retain">
        <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
        <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2003;')"/></xsl:if>
        <xsl:apply-templates select="heading[@level = 1]" mode="plain"/>
      </fo:block>
      <fo:block space-before="{$top} - {$head} - 10pt + 16pt">
        <xsl:call-template name="ruled"><xsl:with-param name="lines" select="19"/></xsl:call-template>
      </fo:block>
    </fo:static-content>
  </xsl:template>
</xsl:stylesheet>
